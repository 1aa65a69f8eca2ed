// SPDX-License-Identifier: BSD-2-Clause
//
// The transaction of the benchmark through pam-client.  Its session establishes
// and deletes credentials, too.
use pam_client::conv_mock::Conversation;
use pam_client::{Context, Flag};
use std::time::Instant;

fn transaction(service: &str) {
    let conversation = Conversation::with_credentials("root", "answer");
    let mut context = Context::new(service, Some("root"), conversation).unwrap();
    let session = context.open_session(Flag::NONE).unwrap();
    session.close(Flag::NONE).map_err(|e| e.to_string()).unwrap();
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let n: u128 = arguments[2].parse().unwrap();
    let begin = Instant::now();
    for _ in 0..n {
        transaction(&arguments[1]);
    }
    println!("{}", begin.elapsed().as_nanos() / n);
}
