// SPDX-License-Identifier: BSD-2-Clause
//
// The transaction of the benchmark through the Go binding.
package main

import (
	"fmt"
	"os"
	"strconv"
	"time"

	"github.com/msteinert/pam/v2"
)

func transaction(service string) error {
	answer := func(pam.Style, string) (string, error) { return "answer", nil }
	t, err := pam.StartFunc(service, "root", answer)
	if err != nil {
		return err
	}
	if err = t.OpenSession(0); err != nil {
		return err
	}
	if err = t.CloseSession(0); err != nil {
		return err
	}
	return t.End()
}

func main() {
	n, _ := strconv.Atoi(os.Args[2])
	begin := time.Now()
	for i := 0; i < n; i++ {
		if err := transaction(os.Args[1]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	fmt.Println(time.Since(begin).Nanoseconds() / int64(n))
}
