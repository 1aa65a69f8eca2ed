// SPDX-License-Identifier: BSD-2-Clause
//
// What nonstick has for applications: start, authenticate, account, end.  It
// opens no sessions.
use nonstick::{AuthnFlags, ConversationAdapter, Result, Transaction, TransactionBuilder};
use std::ffi::{OsStr, OsString};
use std::time::Instant;

struct Answer;

impl ConversationAdapter for Answer {
    fn prompt(&self, _: impl AsRef<OsStr>) -> Result<OsString> {
        Ok("answer".into())
    }

    fn masked_prompt(&self, _: impl AsRef<OsStr>) -> Result<OsString> {
        Ok("answer".into())
    }

    fn error_msg(&self, _: impl AsRef<OsStr>) {}

    fn info_msg(&self, _: impl AsRef<OsStr>) {}
}

fn transaction(service: &str) -> Result<()> {
    let mut transaction = TransactionBuilder::new_with_service(service)
        .username("root")
        .build(Answer.into_conversation())?;
    transaction.authenticate(AuthnFlags::empty())?;
    transaction.account_management(AuthnFlags::empty())
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let n: u128 = arguments[2].parse().unwrap();
    let begin = Instant::now();
    for _ in 0..n {
        transaction(&arguments[1]).unwrap();
    }
    println!("{}", begin.elapsed().as_nanos() / n);
}
