# SPDX-License-Identifier: BSD-2-Clause
#
# What a call costs against the number of messages, variables, records, threads.
set key left top
set grid
set style data linespoints
set ylabel "instructions"

do for [format in "svg png"] {
	if (format eq "svg") {
		set terminal svg size 1000,800 background rgb "white"
	} else {
		set terminal png size 1000,800
	}
	set output "cost.".format
	set multiplot layout 2,2
	unset logscale
	set title "An authentication, by messages of its module"
	set xlabel "messages"
	plot "conversation.instructions.dat" using 1:2 title "pamport", \
	    "" using 1:3 title "bare libpam"
	set logscale xy
	set title "A transaction that sets variables"
	set xlabel "variables"
	set xrange [10:2000]
	plot "variables-all.instructions.dat" using 1:2 title "pamport", \
	    "" using 1:3 title "bare libpam", \
	    "variables-alike.instructions.dat" using 1:2 \
	    title "pamport, names alike", \
	    "" using 1:3 title "bare libpam, names alike"
	set title "What another process does with records"
	set xlabel "records"
	set xrange [0.5:200000]
	plot "records-attach.instructions.dat" using 1:2 title "attach by id", \
	    "records-attach_tty.instructions.dat" using 1:2 \
	    title "attach by tty", \
	    "records-list.instructions.dat" using 1:2 title "list", \
	    "records-reap.instructions.dat" using 1:2 \
	    title "reap, nobody is gone"
	unset logscale
	set title "200 transactions"
	set xlabel "threads"
	set ylabel "ns"
	set xrange [0:9]
	set yrange [0:*]
	plot "threads.nanoseconds.dat" using 1:2 title "pamport", \
	    "" using 1:3 title "bare libpam"
	unset multiplot
	set autoscale
	set ylabel "instructions"
}
