//! The reference of the command line: the help of every command, as it is published.

use crate::program::offdesk;

#[test]
fn every_command_has_help_that_fits() {
    let mut reference = "# The commands of offdesk\n".to_owned();
    for command in [
        "",
        "serve",
        "worth",
        "audit",
        "price",
        "decide",
        "plan",
        "facts",
        "facts import",
        "facts list",
        "facts remove",
        "setup",
        "member",
        "member list",
        "member suspend",
        "member reinstate",
        "member rules",
        "import",
        "source",
        "source list",
        "source undo",
        "log",
        "next",
        "blueprint",
        "blueprint new",
        "blueprint list",
        "blueprint show",
        "blueprint edit",
        "blueprint lint",
        "blueprint publish",
        "blueprint import",
        "blueprint export",
        "blueprint search",
        "people",
        "people add",
        "people list",
        "people show",
        "people record",
        "people change",
        "people terms",
        "people access",
        "handoff",
        "handoff new",
        "handoff list",
        "handoff show",
        "handoff answer",
        "handoff begin",
        "handoff pause",
        "handoff resume",
        "handoff change",
        "handoff end",
        "assignment",
        "assignment give",
        "assignment list",
        "assignment show",
        "assignment change",
        "assignment reassign",
        "assignment cancel",
        "assignment close",
        "assignment reply",
        "assignment start",
        "assignment tick",
        "assignment time",
        "assignment ask",
        "assignment questions",
        "assignment answer",
        "assignment deliver",
        "assignment repeat",
        "assignment repeats",
        "assignment stop",
        "review",
        "review list",
        "review accept",
        "review return",
        "review escape",
        "return",
        "return week",
        "return weeks",
        "workspace",
        "workspace export",
        "workspace import",
        "backup",
        "restore",
        "verify",
        "doctor",
        "migrate-store",
        "demo",
        "formats",
        "licences",
        "completions",
    ] {
        let help = offdesk(&format!("{command} --help")).exits(0);
        assert_eq!(help.err, "");
        for line in help.out.lines() {
            assert!(line.chars().count() <= 80, "{command}: {line}");
        }
        assert_eq!(
            help.out,
            offdesk(&format!("help {command}")).exits(0).out,
            "{command}"
        );
        let title = format!("offdesk {command}");
        reference += &format!("\n## {}\n\n```text\n{}```\n", title.trim(), help.out);
    }
    insta::with_settings!({
        snapshot_path => ".",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!("cli-reference.md", reference);
    });
}
