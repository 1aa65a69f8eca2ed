#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# What a project could run under each personality: the consumer for make is built
# and linked with this libpam, and says how it fails to log somebody in.
set -eu
cd "$(dirname "$0")/../tests/use"
cp program.c program-cxx.cc make
cd make
make
ldd ./use | grep "libpam-simulated-$PAMPORT_PERSONALITY\."
