//! Blueprints on both databases: drafted, saved once, published, found, brought in, undone; random sequences keep what must hold.

use std::sync::Arc;

use offdesk_actions::Error;
use offdesk_actions::actor::Actor;
use offdesk_actions::blueprints::attaching::{
    Attached, LONGEST_ATTACHMENT, attach_files, attachments_of_version, detach_file,
    load_attachment,
};
use offdesk_actions::blueprints::bringing::{ComingBlueprint, bring_blueprints, undo_bringing};
use offdesk_actions::blueprints::drafting::draft_of_activity;
use offdesk_actions::blueprints::finding::{find_blueprints, identify_blueprint};
use offdesk_actions::blueprints::there::SameTitle;
use offdesk_actions::blueprints::{
    BlueprintDetail, NewBlueprint, NewTestRun, Publishing, create_blueprint, drop_draft,
    list_blueprints, load_blueprint, load_version, note_test_run, publish_blueprint, save_draft,
};
use offdesk_actions::hours::load_hours;
use offdesk_actions::imports::{Choices, import_file};
use offdesk_actions::store::checks::check_all;
use offdesk_actions::store::{Store, Uuid};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::stores::{demo, moment, on_each_store, owner, write};

const WHOLE: &str = include_str!("../../src/example/inbox.md");

fn create(store: &Store, actor: &Actor, text: &str) -> Result<BlueprintDetail, Error> {
    let new = NewBlueprint {
        text: text.to_owned(),
        ..NewBlueprint::default()
    };
    write(store, actor, move |tx, actor| {
        create_blueprint(tx, actor, &new, moment(20))
    })
}

fn faults(store: &Store) -> Vec<String> {
    let checked = store.read(check_all).wait().unwrap();
    checked.into_iter().flat_map(|check| check.faults).collect()
}

#[test]
fn the_example_passes_the_gate_without_a_hint() {
    on_each_store("bp_example", |store| {
        let owner = owner(store);
        let made = create(store, &owner, WHOLE).unwrap();
        assert_eq!(made.row.missing, "");
        assert_eq!(made.newest.text, WHOLE);
        let codes: Vec<&str> = made.warnings().iter().map(|warning| warning.code).collect();
        assert_eq!(codes, ["L6", "L8"], "{:?}", made.warnings());
        let id = made.row.id;
        let untested = Publishing {
            seen: Some(1),
            is_untested: true,
            ..Publishing::default()
        };
        let done = write(store, &owner, move |tx, actor| {
            publish_blueprint(tx, actor, id, untested, moment(21))
        })
        .unwrap();
        assert!(done.newest.is_untested && done.row.published == 1);
        let run = NewTestRun {
            number: None,
            person: "Ana".to_owned(),
            questions: 0,
            note: String::new(),
        };
        let done = write(store, &owner, move |tx, actor| {
            note_test_run(tx, actor, id, &run, moment(22))
        })
        .unwrap();
        assert!(done.warnings().is_empty());
        assert_eq!(faults(store), [""; 0]);
    });
}

#[test]
fn a_test_run_is_of_the_text_that_was_followed_and_by_somebody_else() {
    on_each_store("bp_followed", |store| {
        let owner = owner(store);
        let id = create(store, &owner, WHOLE).unwrap().row.id;
        let run = |person: &str, at: i64| {
            let run = NewTestRun {
                person: person.to_owned(),
                ..NewTestRun::default()
            };
            write(store, &owner, move |tx, actor| {
                note_test_run(tx, actor, id, &run, moment(at))
            })
        };
        let publish = |at: i64| {
            write(store, &owner, move |tx, actor| {
                publish_blueprint(tx, actor, id, Publishing::default(), moment(at))
            })
        };
        let author = write(store, &owner, move |tx, actor| {
            load_blueprint(tx, actor, id)
        })
        .unwrap()
        .newest
        .author;
        let own = run(&format!(" {} ", author.to_uppercase()), 19).unwrap_err();
        assert_eq!(own.code, "blueprint.own_run");
        assert!(run("Ana", 20).unwrap().is_tested());
        // Rewritten afterwards: nobody has followed that.
        let other = WHOLE.replacen("1. ", "1. Carefully ", 1);
        let saved = write(store, &owner, move |tx, actor| {
            save_draft(tx, actor, id, &other, "", None, moment(21))
        });
        assert!(!saved.unwrap().is_tested());
        assert_eq!(publish(22).unwrap_err().code, "blueprint.untested");
        run("Ana", 23).unwrap();
        assert!(publish(24).unwrap().is_tested());
        assert_eq!(faults(store), [""; 0]);
    });
}

#[test]
fn of_two_who_save_at_once_one_wins() {
    on_each_store("bp_race", |store| {
        let owner = owner(store);
        let id = create(store, &owner, "# A").unwrap().row.id;
        let pending: Vec<_> = (0..16)
            .map(|at| {
                let owner = owner.clone();
                store.write(move |tx| {
                    let text = format!("# A\n\n## Trigger\n\n{at}\n");
                    save_draft(tx, &owner, id, &text, "", Some(1), moment(30))
                })
            })
            .collect();
        let outcomes: Vec<Result<BlueprintDetail, Error>> =
            pending.into_iter().map(|it| it.wait()).collect();
        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
        for refused in outcomes.into_iter().filter_map(Result::err) {
            assert!(
                matches!(refused.code, "blueprint.changed" | "store.conflict"),
                "{refused:?}"
            );
        }
        assert_eq!(faults(store), [""; 0]);
    });
}

#[test]
fn a_draft_is_made_of_the_entries_of_an_activity() {
    on_each_store("bp_draft", |store| {
        let owner = owner(store);
        let mut input = demo();
        import_file(store, &owner, &mut input, &Choices::default(), moment(4)).unwrap();
        let draft = write(store, &owner, |tx, actor| {
            let id = load_hours(tx, actor, moment(5))?.ids["Inbox triage"];
            draft_of_activity(tx, actor, id)
        })
        .unwrap();
        assert_eq!(draft.title, "Inbox triage");
        assert!(
            (1..=5).contains(&draft.step_texts().count()),
            "{}",
            draft.markdown()
        );
        assert!(
            draft.minutes.is_some() && draft.trigger.starts_with("Every"),
            "{}",
            draft.markdown()
        );
        assert!(
            draft.preface.starts_with("A draft from 241 entries"),
            "{}",
            draft.preface
        );
    });
}

/// The same folder three times made three of each, and no title named one any more.
#[test]
fn what_is_there_already_is_not_brought_twice() {
    on_each_store("bp_there", |store| {
        let owner = owner(store);
        let bring = |inbox: &str, same: SameTitle| {
            let coming = [
                ComingBlueprint::of("a", inbox),
                ComingBlueprint::of("b", "# Month end\n\n- close the book\n"),
            ];
            write(store, &owner, move |tx, actor| {
                bring_blueprints(tx, actor, &coming, ("x", same), moment(9))
            })
        };
        let all = || {
            write(store, &owner, |tx, actor| {
                list_blueprints(tx, actor, None, 99)
            })
            .unwrap()
        };
        let first = bring("# Inbox\n\n- open it\n", SameTitle::Asked).unwrap();
        assert_eq!(first.made.len(), 2);
        let again = bring("# Inbox\n\n- open it\n", SameTitle::Asked).unwrap();
        assert_eq!((again.import, again.there), (None, first.made.clone()));
        assert_eq!(all().len(), 2);
        // The same title with another text is asked about.
        let other = "# inbox\n\n- open it\n- answer it\n";
        let refused = bring(other, SameTitle::Asked).unwrap_err();
        assert_eq!(refused.code, "blueprint.there");
        assert_eq!(all().len(), 2);
        let drafted = bring(other, SameTitle::Drafted).unwrap();
        assert_eq!(drafted.drafted, [first.made[0]]);
        assert_eq!((drafted.import, all().len()), (None, 2));
        let id = first.made[0];
        let text = write(store, &owner, move |tx, actor| {
            load_blueprint(tx, actor, id)
        });
        assert!(text.unwrap().newest.text.contains("answer it"));
        let third = "# Inbox\n\n- close it\n";
        let apart = bring(third, SameTitle::Apart).unwrap();
        assert_eq!((apart.made.len(), all().len()), (1, 3));
        let which = bring("# Inbox\n\n- burn it\n", SameTitle::Drafted).unwrap_err();
        assert_eq!(which.code, "blueprint.which");
        assert_eq!(faults(store), [""; 0]);
    });
}

#[test]
fn an_import_of_many_is_found_and_undone() {
    on_each_store("bp_many", |store| {
        let owner = owner(store);
        let coming: Vec<ComingBlueprint> = (0..60)
            .map(|at| {
                ComingBlueprint::of(
                    "x",
                    &format!("# Process {at}\n\n- open drawer {at}\n- compare the folder\n"),
                )
            })
            .collect();
        let brought = write(store, &owner, move |tx, actor| {
            bring_blueprints(tx, actor, &coming, ("x", SameTitle::Asked), moment(9))
        })
        .unwrap();
        let (import, ids) = (brought.import.unwrap(), brought.made);
        assert_eq!(ids.len(), 60);
        let found = |question: &'static str| {
            write(store, &owner, move |tx, actor| {
                find_blueprints(tx, actor, question)
            })
            .unwrap()
        };
        assert_eq!(found("process 41")[0].row.title, "Process 41");
        assert!(found("comparing folders").len() == 20 && found("compar fodler").len() == 20);
        let which = write(store, &owner, |tx, actor| {
            identify_blueprint(tx, actor, "process 7")
        })
        .unwrap();
        assert!(ids.contains(&which));
        let undone = write(store, &owner, move |tx, actor| {
            undo_bringing(tx, actor, import, moment(10))
        })
        .unwrap();
        assert_eq!(undone.removed, 60);
        assert!(found("process").is_empty());
        assert_eq!(faults(store), [""; 0]);
    });
}

#[derive(Debug, Clone)]
enum Step {
    Save(u8, bool),
    Publish(bool),
    Test,
    Drop,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        3 => (any::<u8>(), prop::bool::weighted(0.8)).prop_map(|(at, is_whole)| Step::Save(at, is_whole)),
        2 => any::<bool>().prop_map(Step::Publish),
        1 => Just(Step::Test),
        1 => Just(Step::Drop),
    ];
    prop::collection::vec(step, 1..16)
}

fn take(store: &Arc<Store>, owner: &Actor, id: Uuid, step: Step) -> Result<(), Error> {
    write(store, owner, move |tx, actor| match step {
        Step::Save(at, is_whole) => {
            let text = if is_whole {
                format!("{WHOLE}\n## Note\n\n{at}\n")
            } else {
                format!("# Inbox {at}\n")
            };
            save_draft(tx, actor, id, &text, "", None, moment(40)).map(|_| ())
        }
        Step::Publish(is_untested) => publish_blueprint(
            tx,
            actor,
            id,
            Publishing {
                seen: None,
                is_untested,
                ..Publishing::default()
            },
            moment(41),
        )
        .map(|_| ()),
        Step::Test => {
            let run = NewTestRun {
                person: "Ana".to_owned(),
                ..NewTestRun::default()
            };
            note_test_run(tx, actor, id, &run, moment(42)).map(|_| ())
        }
        Step::Drop => drop_draft(tx, actor, id, None, moment(43)).map(|_| ()),
    })
}

/// Whatever is done in whatever order: what was published stays as it was, and no version is published past the gate.
#[test]
fn random_sequences_keep_published_versions() {
    on_each_store("bp_random", |store| {
        let owner = owner(store);
        let mut runner = TestRunner::new(Config {
            cases: 24,
            failure_persistence: None,
            ..Config::default()
        });
        runner
            .run(&steps(), |steps| {
                let id = create(store, &owner, "# Inbox").unwrap().row.id;
                let mut published: Vec<String> = Vec::new();
                for step in steps {
                    let done = take(store, &owner, id, step.clone());
                    let Ok(detail) = write(store, &owner, move |tx, actor| {
                        load_blueprint(tx, actor, id)
                    }) else {
                        prop_assert!(matches!(step, Step::Drop) && published.is_empty());
                        break;
                    };
                    if let (Step::Publish(_), Ok(())) = (&step, &done) {
                        prop_assert!(detail.row.missing.is_empty());
                        published.push(detail.newest.text.clone());
                    }
                    prop_assert_eq!(
                        usize::try_from(detail.row.published).unwrap(),
                        published.len()
                    );
                    prop_assert!(detail.row.latest - detail.row.published <= 1);
                    for (at, text) in published.iter().enumerate() {
                        let number = i64::try_from(at).unwrap() + 1;
                        let version = write(store, &owner, move |tx, actor| {
                            load_version(tx, actor, id, number)
                        })
                        .unwrap();
                        prop_assert_eq!(&version.text, text);
                    }
                }
                prop_assert_eq!(faults(store), Vec::<String>::new());
                Ok(())
            })
            .unwrap();
        assert!(
            write(store, &owner, |tx, actor| list_blueprints(
                tx, actor, None, 100
            ))
            .is_ok()
        );
    });
}

/// A word that nobody else has: syllables by a number.
fn word(number: usize) -> String {
    const SYLLABLES: [&str; 20] = [
        "ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu",
        "va", "we", "xi", "yo", "zu",
    ];
    let mut rest = number + 400;
    let mut out = String::new();
    while rest > 0 {
        out.push_str(SYLLABLES[rest % 20]);
        rest /= 20;
    }
    out + "t"
}

/// A number by chance, small ones far more often, as words in texts are.
fn zipf(state: &mut u64, most: usize) -> usize {
    *state = state
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407);
    let most_log = 64 - (most as u64).leading_zeros();
    let bits = (*state >> 40) % u64::from(most_log);
    let low = (*state >> 8) % (1 << (bits + 1));
    usize::try_from(low).unwrap() % most
}

#[test]
#[ignore = "a measurement: ten thousand blueprints"]
#[expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a measurement"
)]
fn searching_ten_thousand() {
    on_each_store("bp_search", |store| {
        let owner = owner(store);
        let mut state = 7;
        for round in 0..10 {
            let coming: Vec<ComingBlueprint> = (0..1_000)
                .map(|at| {
                    let mut words = || word(zipf(&mut state, 20_000));
                    let title = format!("{} {} {}", words(), words(), words());
                    let steps: String = (0..5)
                        .map(|_| format!("- open {} {} {}\n", words(), words(), words()))
                        .collect();
                    ComingBlueprint::of(
                        "x",
                        &format!("# {title} {round} {at}\n\n## Steps\n{steps}"),
                    )
                })
                .collect();
            write(store, &owner, move |tx, actor| {
                bring_blueprints(tx, actor, &coming, ("x", SameTitle::Asked), moment(9))
            })
            .unwrap();
        }
        for (kind, question) in [
            (
                "two words",
                (|state: &mut u64| {
                    format!(
                        "{} {}",
                        word(zipf(state, 20_000)),
                        word(zipf(state, 20_000))
                    )
                }) as fn(&mut u64) -> String,
            ),
            ("one that all have, and one", |state| {
                format!("open {}", word(zipf(state, 20_000)))
            }),
            ("one mistyped", |state| {
                let mut typed = word(2_000 + zipf(state, 18_000));
                let c = typed.remove(3);
                typed.insert(4, c);
                typed
            }),
        ] {
            let mut took: Vec<u128> = (0..200)
                .map(|_| {
                    let asked = question(&mut state);
                    let owner = owner.clone();
                    let since = std::time::Instant::now();
                    let found = store
                        .read(move |tx| find_blueprints(tx, &owner, &asked))
                        .wait();
                    let took = since.elapsed().as_micros();
                    found.unwrap();
                    took
                })
                .collect();
            took.sort_unstable();
            println!(
                "{kind}: p50 {} µs, p95 {} µs, most {} µs",
                took[100], took[190], took[199]
            );
        }
    });
}

/// What is mistyped is found all the same, and said to be near; among many, and where other words of it are right.
#[test]
fn a_search_finds_what_is_mistyped() {
    on_each_store("bp_typo", |store| {
        let owner = owner(store);
        let title = |about: &str| format!("# {about}\n\n## Steps\n- Open the {about}.\n");
        for about in ["invoices", "refunds", "newsletter", "calendar"] {
            create(store, &owner, &title(about)).unwrap();
        }
        let found = |question: &'static str| {
            let found = write(store, &owner, move |tx, actor| {
                find_blueprints(tx, actor, question)
            });
            let found = found.unwrap().into_iter();
            found
                .map(|it| (it.row.title, it.is_exact))
                .collect::<Vec<_>>()
        };
        let one = |title: &str, is_exact: bool| vec![(title.to_owned(), is_exact)];
        assert_eq!(found("invoices"), one("invoices", true));
        for typo in ["invioces", "invoces", "invoicees", "inboices"] {
            assert_eq!(found(typo), one("invoices", false), "{typo}");
        }
        assert_eq!(found("open the newsleter"), one("newsletter", false));
        assert!(found("zebra").is_empty());
    });
}

#[test]
fn attachments_stay_with_the_versions_they_were_published_with() {
    on_each_store("bp_attached", |store| {
        let owner = owner(store);
        let id = create(store, &owner, WHOLE).unwrap().row.id;
        let attach = |name: &str, bytes: &[u8]| {
            let (name, bytes) = (name.to_owned(), bytes.to_vec());
            write(store, &owner, move |tx, actor| {
                attach_files(tx, actor, id, &[Attached { name, bytes }], None, moment(20))
            })
        };
        let of_version = |number: i64| -> Vec<String> {
            let all = write(store, &owner, move |tx, actor| {
                attachments_of_version(tx, actor, id, number)
            });
            all.unwrap().into_iter().map(|row| row.name).collect()
        };
        let publish = || {
            let knowingly = Publishing {
                seen: None,
                is_untested: true,
                ..Publishing::default()
            };
            write(store, &owner, move |tx, actor| {
                publish_blueprint(tx, actor, id, knowingly, moment(21))
            })
            .unwrap()
        };
        let code = |done: Result<BlueprintDetail, Error>| done.unwrap_err().code;
        assert_eq!(code(attach("empty.txt", b"")), "attachment.empty");
        assert_eq!(
            code(attach("long.bin", &vec![7; LONGEST_ATTACHMENT + 1])),
            "attachment.long"
        );
        attach("../secret/prices.csv", &vec![9; 3 * 1024 * 1024 + 1]).unwrap();
        attach("form.pdf", b"one").unwrap();
        // One of the same name takes its place.
        let draft = attach("form.pdf", b"two").unwrap();
        assert_eq!((draft.newest.number, draft.attachments.len()), (1, 2));
        publish();
        // What is published keeps what it was published with.
        let second = attach("form.pdf", b"three").unwrap();
        assert_eq!(
            (second.newest.number, second.newest.text.as_str()),
            (2, WHOLE)
        );
        let prices = second.attachments.iter().find(|it| it.name == "prices.csv");
        let prices = prices.unwrap().id;
        write(store, &owner, move |tx, actor| {
            detach_file(tx, actor, id, prices, None, moment(22))
        })
        .unwrap();
        assert_eq!(of_version(1), ["form.pdf", "prices.csv"]);
        assert_eq!(of_version(2), ["form.pdf"]);
        let gone = write(store, &owner, move |tx, actor| {
            detach_file(tx, actor, id, prices, None, moment(22))
        });
        assert_eq!(code(gone), "not_found");
        assert_eq!(faults(store), [""; 0]);
        // A draft that is thrown away leaves all as it was.
        let dropped = write(store, &owner, move |tx, actor| {
            drop_draft(tx, actor, id, None, moment(23))
        });
        let dropped = dropped.unwrap().unwrap();
        let names: Vec<&str> = dropped
            .attachments
            .iter()
            .map(|it| it.name.as_str())
            .collect();
        assert_eq!(
            (dropped.newest.number, names),
            (1, vec!["form.pdf", "prices.csv"])
        );
        let form = dropped.attachments[0].id;
        let read = |file: Uuid| {
            write(store, &owner, move |tx, actor| {
                load_attachment(tx, actor, id, file)
            })
        };
        assert_eq!(
            read(form).unwrap(),
            Attached {
                name: "form.pdf".to_owned(),
                bytes: b"two".to_vec()
            }
        );
        assert_eq!(read(prices).unwrap().bytes.len(), 3 * 1024 * 1024 + 1);
        assert_eq!(faults(store), [""; 0]);
        // A blueprint that was never published goes as a whole, with its files.
        let other = create(store, &owner, "# Other").unwrap().row.id;
        write(store, &owner, move |tx, actor| {
            let file = Attached {
                name: "a.txt".to_owned(),
                bytes: b"a".to_vec(),
            };
            attach_files(tx, actor, other, &[file], None, moment(24))
        })
        .unwrap();
        let none = write(store, &owner, move |tx, actor| {
            drop_draft(tx, actor, other, None, moment(25))
        });
        assert!(none.unwrap().is_none());
        assert_eq!(faults(store), [""; 0]);
    });
}
