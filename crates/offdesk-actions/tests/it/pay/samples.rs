//! Files for the programs that read them, which `cargo xtask ci` runs.

use std::path::PathBuf;

use offdesk_actions::pay::file::write;
use offdesk_actions::pay::journal::{self, Tool};
use offdesk_domain::pay::file::Kind;

use super::*;

/// Writes journals and a credit transfer into the folder that `OFFDESK_TEST_PAY` names.
#[test]
#[ignore = "writes files for other programs; cargo xtask ci runs it"]
fn files_for_other_programs() {
    #[expect(clippy::disallowed_methods, reason = "where xtask wants the files")]
    let folder = PathBuf::from(std::env::var_os("OFFDESK_TEST_PAY").unwrap());
    std::fs::create_dir_all(&folder).unwrap();
    let desk = journals::desk();
    for (tool, name) in [
        (Tool::Ledger, "pay.journal"),
        (Tool::Beancount, "pay.beancount"),
    ] {
        let text = journal::write(
            tool,
            &desk.statements,
            &desk.postings,
            journals::came_in(),
            &journals::NAMES,
        );
        std::fs::write(folder.join(name), text).unwrap();
    }
    let mut without_bic = payer();
    without_bic.details = bank("Studio", 3);
    without_bic.id = "PAY-8".to_owned();
    let rows: Vec<Due> = (1..)
        .zip([
            "Noor Haddad",
            "Ольга <&> Иванова",
            "山田太郎",
            "Société Générale d'Été, S.A.",
        ])
        .map(|(number, name)| due(number, name, "999999999.99 EUR", bank(name, number % 4)))
        .collect();
    for payer in [payer(), without_bic] {
        let file = write(Kind::Sepa, &payer, &rows, now()).unwrap();
        std::fs::write(folder.join(file.name), file.bytes).unwrap();
    }
}
