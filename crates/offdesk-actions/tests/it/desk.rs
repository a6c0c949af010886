//! The story of a desk: set up, worth, imports, activities, undo; and who may not.

use std::sync::Arc;

use offdesk_actions::accounts::{NewAccount, set_up, sign_in};
use offdesk_actions::activities::{
    Judgement, judge_activity, keep_activity, load_activity, merge_activity, price_activity,
    rename_activity, split_activity,
};
use offdesk_actions::actor::{Actor, Permission, Role, TokenScope};
use offdesk_actions::audit::{AuditReport, AuditRequest, run_audit};
use offdesk_actions::hours::{Hours, load_hours, load_week};
use offdesk_actions::imports::{Choices, import_file, list_sources, preview, undo_source};
use offdesk_actions::members::{NewToken, accept_invitation, create_token, invite};
use offdesk_actions::next::rank;
use offdesk_actions::price::Figures;
use offdesk_actions::remembered::{RememberedWork, log_time, remember_week};
use offdesk_actions::rules::{OwnPrices, Rules};
use offdesk_actions::store::workspaces::{load_workspace, update_workspace};
use offdesk_actions::store::{Store, Uuid};
use offdesk_actions::workspaces::{Settings, change_settings, load_settings};
use offdesk_actions::worths::{Figures as WorthFigures, NewWorth, set_worth};
use offdesk_domain::audit::Stays;
use offdesk_domain::{Day, PriceRange};
use offdesk_import::{Input, Options};
use rust_decimal::Decimal;

use crate::stores::{actor, demo, moment, on_each_store, owner, with_worth, with_worth_at, write};

fn hours(store: &Store, actor: &Actor) -> Hours {
    let actor = actor.clone();
    store
        .read(move |tx| load_hours(tx, &actor, moment(10)))
        .wait()
        .unwrap()
}

fn report(store: &Store, actor: &Actor) -> AuditReport {
    hours(store, actor).report.unwrap()
}

fn import(store: &Arc<Store>, actor: &Actor, mut input: Input) -> (i64, u64, u64) {
    let done = import_file(store, actor, &mut input, &Choices::default(), moment(4)).unwrap();
    (done.source.number, done.counted, done.doubles)
}

fn id_of(hours: &Hours, name: &str) -> Uuid {
    hours.ids[name]
}

#[test]
fn the_first_import_gives_the_answer_of_the_command_line() {
    on_each_store("first", |store| {
        let owner = owner(store);
        with_worth(store, &owner);
        let seen = preview(store, &owner, &mut demo(), &Choices::default(), moment(4)).unwrap();
        assert_eq!((seen.report.entries, seen.already), (1_378, None));
        assert!(hours(store, &owner).is_empty());
        assert_eq!(import(store, &owner, demo()), (1, 1_378, 0));
        let report = report(store, &owner);
        // Activity by activity the audit of the file is the answer of the workspace: gain, week and verdict.
        let request = AuditRequest {
            worth: report.audit.worth.clone(),
            place: report.place,
            weeks_per_year: report.audit.weeks_per_year,
            figures: Figures::default(),
            import: Options::new(moment(4).now),
            rules: Rules::default(),
            prices: OwnPrices::default(),
            explains: false,
        };
        let of_file = run_audit(request, vec![Ok(demo())]).unwrap();
        let outlooks = |report: &AuditReport| {
            let activities = report.audit.activities.iter();
            let all = activities.map(|it| (it.activity.name.clone(), it.handoff, it.hours_each));
            all.collect::<Vec<_>>()
        };
        assert_eq!(outlooks(&of_file), outlooks(&report));
        // What README shows of the same file: 563 hours in 13 weeks.
        assert_eq!(
            report.audit.summary.mix.total().hours().round_dp(0),
            Decimal::from(563)
        );
        assert_eq!(report.audit.weeks.round_dp(0), Decimal::from(13));
        assert!(report.audit.summary.gap > Decimal::from(80_000));
        let start = &report.audit.activities[report.audit.start_with.unwrap()];
        assert_eq!(start.activity.name, "Inbox triage");
        assert!(
            store
                .read({
                    let owner = owner.clone();
                    move |tx| load_week(tx, &owner)
                })
                .wait()
                .unwrap()
                .is_some()
        );
    });
}

#[test]
fn the_same_file_is_imported_once_and_an_undone_one_can_come_again() {
    on_each_store("again", |store| {
        let owner = owner(store);
        with_worth(store, &owner);
        import(store, &owner, demo());
        let before = report(store, &owner).audit.summary;
        let again =
            import_file(store, &owner, &mut demo(), &Choices::default(), moment(5)).unwrap();
        assert!(again.is_known);
        assert_eq!(report(store, &owner).audit.summary, before);
        undo_source(store, &owner, 1, moment(6)).unwrap();
        assert!(hours(store, &owner).is_empty());
        assert_eq!(
            undo_source(store, &owner, 1, moment(6)).unwrap_err().code,
            "not_found"
        );
        assert_eq!(import(store, &owner, demo()), (2, 1_378, 0));
        assert_eq!(report(store, &owner).audit.summary, before);
    });
}

#[test]
fn what_two_files_have_counts_once_until_one_is_undone() {
    on_each_store("overlap", |store| {
        let owner = owner(store);
        with_worth(store, &owner);
        let head = "Date,Start,End,Description\n";
        let first =
            format!("{head}2026-11-16,09:00,10:00,inbox\n2026-11-16,10:00,12:00,invoices\n");
        let second =
            format!("{head}2026-11-16,10:00,12:00,invoices\n2026-11-17,09:00,10:00,payroll\n");
        let input = |name: &str, text: &str| Input::memory(name, text.as_bytes().to_vec()).unwrap();
        assert_eq!(import(store, &owner, input("a.csv", &first)), (1, 2, 0));
        assert_eq!(import(store, &owner, input("b.csv", &second)), (2, 1, 1));
        let total = || report(store, &owner).audit.summary.mix.total().0;
        assert_eq!(total(), 4 * 3600);
        undo_source(store, &owner, 1, moment(7)).unwrap();
        assert_eq!(total(), 3 * 3600);
    });
}

#[test]
fn activities_are_renamed_merged_split_priced_kept_and_judged() {
    on_each_store("activities", |store| {
        let owner = owner(store);
        with_worth(store, &owner);
        import(store, &owner, demo());
        let before = hours(store, &owner);
        let total = report(store, &owner).audit.summary.mix.total();
        let inbox = id_of(&before, "Inbox triage");
        let row = write(store, &owner, move |tx, a| {
            rename_activity(tx, a, inbox, " My  mails ", None, moment(8))
        });
        let row = row.unwrap();
        assert_eq!((row.name.as_str(), row.version), ("My mails", 2));
        let taken = write(store, &owner, move |tx, a| {
            rename_activity(tx, a, inbox, "graphic DESIGN", None, moment(8))
        });
        assert_eq!(taken.unwrap_err().code, "name.taken");
        let stale = write(store, &owner, move |tx, a| {
            rename_activity(tx, a, inbox, "Mails", Some(1), moment(8))
        });
        assert_eq!(stale.unwrap_err().code, "store.conflict");

        let design = id_of(&before, "Graphic design");
        write(store, &owner, move |tx, a| {
            merge_activity(tx, a, design, inbox, None, moment(9))
        })
        .unwrap();
        let merged = hours(store, &owner);
        assert!(!merged.ids.contains_key("Graphic design"));
        assert_eq!(merged.report.unwrap().audit.summary.mix.total(), total);

        let detail = write(store, &owner, move |tx, a| load_activity(tx, a, inbox)).unwrap();
        let part: Vec<Uuid> = detail
            .wordings
            .iter()
            .take(2)
            .map(|(row, ..)| row.id)
            .collect();
        let time: i64 = detail
            .wordings
            .iter()
            .take(2)
            .map(|(.., seconds)| seconds.0)
            .sum();
        let split = write(store, &owner, move |tx, a| {
            split_activity(tx, a, inbox, &part, "Two texts", None, moment(9))
        });
        let split = split.unwrap();
        let after = report(store, &owner);
        let of = after
            .audit
            .activities
            .iter()
            .find(|it| it.activity.name == "Two texts");
        assert_eq!(of.unwrap().activity.mix.total().0, time);
        assert_eq!(after.audit.summary.mix.total(), total);

        let range = PriceRange::between(Decimal::from(10), Decimal::from(14));
        let id = split.id;
        write(store, &owner, move |tx, a| {
            price_activity(tx, a, id, Some(range), None, moment(9))
        })
        .unwrap();
        write(store, &owner, move |tx, a| {
            keep_activity(tx, a, inbox, Some(Stays::Mine), None, moment(9))
        })
        .unwrap();
        let judged = write(store, &owner, move |tx, a| {
            judge_activity(
                tx,
                a,
                id,
                Judgement::NotNow,
                "after the move",
                None,
                moment(9),
            )
        });
        assert_eq!(
            judged.unwrap().back_day,
            Some(i64::from(moment(9).today().0) + 90)
        );
        let after = report(store, &owner);
        let of = |name: &str| {
            after
                .audit
                .activities
                .iter()
                .find(|it| it.activity.name == name)
                .unwrap()
        };
        assert_eq!(
            of("Two texts")
                .activity
                .price
                .as_ref()
                .unwrap()
                .range
                .likely,
            Decimal::from(12)
        );
        assert_eq!(of("My mails").activity.stays, Some(Stays::Mine));
        // A new import of the same texts goes to the activity under its new name.
        undo_source(store, &owner, 1, moment(10)).unwrap();
        import(store, &owner, demo());
        assert_eq!(
            of("My mails").activity.mix,
            report(store, &owner)
                .audit
                .activities
                .iter()
                .find(|it| it.activity.name == "My mails")
                .unwrap()
                .activity
                .mix
        );
    });
}

#[test]
fn a_week_from_memory_and_typed_lines_count() {
    on_each_store("memory", |store| {
        let owner = owner(store);
        with_worth(store, &owner);
        let row = |name: &str, hours: i64| RememberedWork {
            name: name.to_owned(),
            hours: Decimal::from(hours),
        };
        let rows = vec![
            row("Inbox", 6),
            row("Bookkeeping", 4),
            row("Sales calls", 0),
        ];
        write(store, &owner, move |tx, a| {
            remember_week(tx, a, &rows, moment(4))
        })
        .unwrap();
        let first = report(store, &owner);
        assert_eq!(first.audit.summary.mix.total().0, 10 * 3600);
        assert_eq!(first.audit.summary.mix.remembered.0, 10 * 3600);
        let rows = vec![row("Inbox", 8)];
        write(store, &owner, move |tx, a| {
            remember_week(tx, a, &rows, moment(5))
        })
        .unwrap();
        assert_eq!(report(store, &owner).audit.summary.mix.total().0, 8 * 3600);
        let far = vec![row("Inbox", 200)];
        let refused = write(store, &owner, move |tx, a| {
            remember_week(tx, a, &far, moment(5))
        });
        assert_eq!(refused.unwrap_err().code, "memory.hours");
        for _ in 0..2 {
            write(store, &owner, |tx, a| {
                log_time(tx, a, "1h30m inbox", None, moment(6))
            })
            .unwrap();
        }
        let sources = write(store, &owner, list_sources).unwrap();
        assert_eq!(
            sources.iter().map(|it| it.entries).collect::<Vec<_>>(),
            [1, 2]
        );
        // Beside typed lines what they leave of it counts until they tell half of it, whichever comes last.
        let total = |store: &Arc<Store>| report(store, &owner).audit.summary.mix.total().0;
        let again = |store: &Arc<Store>| {
            let rows = vec![row("Inbox", 8)];
            write(store, &owner, move |tx, a| {
                remember_week(tx, a, &rows, moment(6))
            })
            .unwrap();
        };
        assert_eq!(total(store), 8 * 3600);
        again(store);
        assert_eq!(total(store), 8 * 3600);
        assert!(!hours(store, &owner).is_memory_unused);
        write(store, &owner, |tx, a| {
            log_time(tx, a, "1h30m calls", None, moment(6))
        })
        .unwrap();
        assert!(hours(store, &owner).is_memory_unused);
        assert_eq!(total(store), 3 * 5400);
        again(store);
        assert_eq!(total(store), 3 * 5400);
        let verified = offdesk_actions::upkeep::verify(store).unwrap();
        assert!(verified.is_clean(), "{verified:?}");
        assert_eq!(verified.leftovers, 0);
        // In the weeks that are covered: a line long ago leaves out the silent ones.
        let long_ago = Some(Day::from_ymd(2026, 8, 20).unwrap());
        write(store, &owner, move |tx, a| {
            log_time(tx, a, "1h calls", long_ago, moment(6))
        })
        .unwrap();
        assert!(hours(store, &owner).is_memory_unused);
        assert_eq!(total(store), 11 * 1800);
        // Beside a tracker the remembered week counts no more, and whoever looks is told.
        import(store, &owner, demo());
        assert!(hours(store, &owner).is_memory_unused);
    });
}

#[test]
fn silent_weeks_do_not_bring_a_told_week_back() {
    on_each_store("silent", |store| {
        let owner = owner(store);
        with_worth(store, &owner);
        let row = |name: &str| RememberedWork {
            name: name.to_owned(),
            hours: Decimal::from(20),
        };
        let rows = vec![row("Inbox"), row("Invoices")];
        write(store, &owner, move |tx, a| {
            remember_week(tx, a, &rows, moment(4))
        })
        .unwrap();
        let log = |text: &'static str, day: Day| {
            write(store, &owner, move |tx, a| {
                log_time(tx, a, text, Some(day), moment(6))
            })
            .unwrap();
        };
        let total = || report(store, &owner).audit.summary.mix.total().0;
        // Two days of it: a week never has more than what is remembered.
        let monday = Day::from_ymd(2026, 10, 26).unwrap();
        for day in 0..26 {
            if day % 7 < 5 {
                log("4h inbox", Day(monday.0 + day));
                log("4h invoices", Day(monday.0 + day));
            }
            if day < 2 {
                assert_eq!(total(), 40 * 3600);
            }
        }
        assert_eq!(total(), 160 * 3600);
        log("1h inbox", Day::from_ymd(2025, 11, 27).unwrap());
        assert_eq!(total(), 161 * 3600);
        assert!(hours(store, &owner).is_memory_unused);
    });
}

#[test]
fn several_weeks_from_memory_are_one() {
    let mut files = [
        ("a.csv", "Inbox,30\n"),
        ("b.csv", "Invoices,10\n"),
        ("c.csv", "Inbox,30\nBookkeeping,2\n"),
    ];
    for name in ["weeks", "weeks_turned"] {
        on_each_store(name, |store| {
            let owner = owner(store);
            with_worth(store, &owner);
            let log = |text: &'static str| {
                write(store, &owner, move |tx, a| {
                    log_time(tx, a, text, None, moment(6))
                })
                .unwrap();
            };
            if name == "weeks_turned" {
                log("10h calls");
            }
            for (name, rows) in files {
                let text = format!("activity,hours_per_week\n{rows}");
                let input = Input::memory(name, text.into_bytes()).unwrap();
                import(store, &owner, input);
            }
            if name == "weeks" {
                log("10h calls");
            }
            let total = || report(store, &owner).audit.summary.mix.total().0;
            assert_eq!(total(), 42 * 3600);
            log("11h calls");
            assert_eq!(total(), 21 * 3600);
            assert!(hours(store, &owner).is_memory_unused);
            let verified = offdesk_actions::upkeep::verify(store).unwrap();
            assert!(verified.is_clean(), "{verified:?}");
        });
        files.reverse();
    }
}

#[test]
fn what_a_typed_line_counts_is_what_the_whole_would_give() {
    on_each_store("typed", |store| {
        let owner = owner(store);
        with_worth(store, &owner);
        import(store, &owner, demo());
        for (at, day) in [
            "2026-11-17",
            "2026-11-17",
            "2026-11-22",
            "2026-11-23",
            "2026-08-20",
        ]
        .into_iter()
        .enumerate()
        {
            let day = Some(Day::from_date(day.parse().unwrap()));
            let line = format!("{}h inbox", at + 2);
            write(store, &owner, move |tx, a| {
                log_time(tx, a, &line, day, moment(6))
            })
            .unwrap();
        }
        let typed = report(store, &owner).audit.summary;
        // On the 17th a tracker was running for most of the day; the other days were free.
        assert!(typed.mix.remembered.0 >= (4 + 5 + 6) * 3600);
        let far = "Date,Start,End,Description\n2024-01-02,09:00,10:00,inbox\n";
        let far = Input::memory("far.csv", far.as_bytes().to_vec()).unwrap();
        let (number, ..) = import(store, &owner, far);
        undo_source(store, &owner, number, moment(7)).unwrap();
        assert_eq!(report(store, &owner).audit.summary, typed);
    });
}

#[test]
fn nobody_reaches_another_workspace_and_roles_end_where_they_say() {
    on_each_store("roles", |store| {
        let owner = owner(store);
        with_worth(store, &owner);
        import(store, &owner, demo());
        let inbox = id_of(&hours(store, &owner), "Inbox triage");
        let secret = write(store, &owner, |tx, a| {
            invite(tx, a, "vi@example.com", Role::Viewer, moment(5))
        })
        .unwrap();
        let account = NewAccount {
            name: "Vi".to_owned(),
            email: "somebody@else.example".to_owned(),
            password: "four green horses".to_owned(),
        };
        let signed = accept_invitation(store, &secret, &account, "", moment(6)).unwrap();
        let viewer = actor(store, &signed).unwrap();
        assert_eq!(viewer.email, "vi@example.com");
        assert_eq!(viewer.membership.unwrap().1, Role::Viewer);
        let again = accept_invitation(store, &secret, &account, "", moment(6)).unwrap_err();
        assert_eq!(again.code, "invitation.wrong");
        assert!(!hours(store, &viewer).is_empty());
        let refused = write(store, &viewer, move |tx, a| {
            rename_activity(tx, a, inbox, "Mine", None, moment(7))
        });
        assert_eq!(refused.unwrap_err().code, "forbidden");

        let other = write(store, &owner, |tx, a| {
            offdesk_actions::workspaces::create_workspace(tx, a, "Other", false, moment(7))
        })
        .unwrap();
        write(store, &owner, move |tx, a| {
            offdesk_actions::accounts::open_workspace(tx, a, other)
        })
        .unwrap();
        let there = sign_in(
            store,
            "noor@example.com",
            "three brown foxes",
            "",
            moment(8),
        )
        .unwrap();
        let mut elsewhere = actor(store, &there).unwrap();
        elsewhere.membership = Some((offdesk_actions::store::WorkspaceId(other), Role::Owner));
        let foreign = write(store, &elsewhere, move |tx, a| {
            rename_activity(tx, a, inbox, "Mine", None, moment(9))
        });
        let missing = write(store, &elsewhere, move |tx, a| {
            rename_activity(tx, a, Uuid::nil(), "Mine", None, moment(9))
        });
        assert_eq!(foreign.unwrap_err(), missing.unwrap_err());
        let not_a_member = write(store, &viewer, move |tx, a| {
            offdesk_actions::accounts::open_workspace(tx, a, other)
        });
        assert_eq!(not_a_member.unwrap_err().code, "not_found");
        let (_, token) = write(store, &owner, |tx, a| {
            create_token(
                tx,
                a,
                &NewToken::new("Reports", &[TokenScope::Read]),
                moment(9),
            )
        })
        .unwrap();
        let program = store
            .read(move |tx| offdesk_actions::accounts::actor_of_token(tx, &token, moment(10)))
            .wait()
            .unwrap();
        assert!(!hours(store, &program).is_empty());
        let refused = write(store, &program, |tx, a| {
            log_time(tx, a, "1h inbox", None, moment(9))
        });
        assert_eq!(refused.unwrap_err().code, "forbidden");
    });
}

#[test]
fn secrets_that_are_tried_too_often_are_refused() {
    on_each_store("tries", |store| {
        let account = NewAccount {
            name: "Eve".to_owned(),
            email: "eve@example.com".to_owned(),
            password: "six silent seals".to_owned(),
        };
        let wrong = set_up(store, "AAAA-AAAA", &account, "", moment(0)).unwrap_err();
        assert_eq!(wrong.code, "setup.code");
        owner(store);
        let attempt = |at: i64| {
            sign_in(
                store,
                "noor@example.com",
                "three brown boxes",
                "",
                moment(at),
            )
            .unwrap_err()
            .code
        };
        for at in 0..10 {
            assert_eq!(attempt(at), "sign_in.wrong");
        }
        assert_eq!(attempt(11), "too_many");
        let right = |at| {
            sign_in(
                store,
                "noor@example.com",
                "three brown foxes",
                "",
                moment(at),
            )
        };
        assert_eq!(right(12).unwrap_err().code, "too_many");
        assert!(right(16 * 60).is_ok());
        let nobody = sign_in(store, "nobody@example.com", "x", "", moment(16 * 60)).unwrap_err();
        assert_eq!(nobody.code, "sign_in.wrong");
    });
}

/// A worth from an earlier day than that of one in another currency counts.
#[test]
fn a_worth_said_after_a_change_of_currency_counts() {
    on_each_store("worth_currency", |store| {
        let owner = owner(store);
        with_worth(store, &owner);
        let settings = hours(store, &owner).settings;
        write(store, &owner, move |tx, actor| {
            let (_, version) = load_settings(tx, actor)?;
            let euros = Settings {
                currency: "EUR".parse().unwrap(),
                ..settings
            };
            change_settings(tx, actor, &euros, version, moment(5))?;
            let new = NewWorth {
                from: Some(Day::from_ymd(2026, 1, 1).unwrap()),
                basis: "stated".to_owned(),
                figures: WorthFigures {
                    rate: Some(Decimal::from(60)),
                    ..WorthFigures::default()
                },
                multiple: None,
                ceiling: None,
            };
            set_worth(tx, actor, &new, moment(6))
        })
        .unwrap();
        let worth = hours(store, &owner).worth.unwrap().worth;
        assert_eq!(worth.hour, Decimal::from(60));
    });
}

/// Late in the evening of Los Angeles it is the next day in UTC.
#[test]
fn today_is_the_day_of_the_workspace() {
    on_each_store("worth_day", |store| {
        let owner = owner(store);
        let settings = hours(store, &owner).settings;
        let late = moment(15 * 3600);
        write(store, &owner, move |tx, actor| {
            let (_, version) = load_settings(tx, actor)?;
            let there = Settings {
                zone: Some("America/Los_Angeles".to_owned()),
                ..settings
            };
            change_settings(tx, actor, &there, version, moment(5))
        })
        .unwrap();
        with_worth_at(store, &owner, late);
        let actor = owner.clone();
        let seen = store.read(move |tx| load_hours(tx, &actor, late)).wait();
        let seen: Result<Hours, offdesk_actions::Error> = seen;
        let (day, seen) = (Day::from_ymd(2026, 11, 24).unwrap(), seen.unwrap());
        assert_eq!((seen.today, seen.worth.unwrap().from), (day, day));
    });
}

/// Splitting one wording off leaves the price of every other activity.
#[test]
fn splitting_and_the_market_price_leave_other_prices() {
    on_each_store("split_prices", |store| {
        let owner = owner(store);
        with_worth(store, &owner);
        import(store, &owner, demo());
        let before = hours(store, &owner);
        let (id, wordings) = before
            .rows
            .keys()
            .map(|id| {
                let id = *id;
                let detail = write(store, &owner, move |tx, a| load_activity(tx, a, id));
                (id, detail.unwrap().wordings)
            })
            .max_by_key(|(id, wordings)| (wordings.len(), *id))
            .unwrap();
        let least = wordings.last().unwrap().0.id;
        let new = write(store, &owner, move |tx, a| {
            split_activity(tx, a, id, &[least], "Apart", None, moment(6))
        });
        let new = new.unwrap().id;
        let own = PriceRange::new(Decimal::TWO, Decimal::TEN, Decimal::TEN);
        for price in [Some(own), None] {
            write(store, &owner, move |tx, a| {
                price_activity(tx, a, new, price, None, moment(7))
            })
            .unwrap();
        }
        let after = hours(store, &owner);
        for (other, row) in &before.rows {
            if *other == id {
                assert_eq!(after.rows[other].price.is_some(), row.price.is_some());
            } else {
                assert_eq!(after.rows[other].price, row.price, "{}", row.name);
            }
        }
    });
}

/// A year of next to no weeks is refused, and a workspace that has one already is no reason to end.
#[test]
fn a_year_of_next_to_no_weeks_is_refused_and_ends_nothing() {
    on_each_store("weeks", |store| {
        let owner = owner(store);
        with_worth(store, &owner);
        let tiny = "0.0000000000000000000000000001";
        let of = |weeks: &str| Settings {
            weeks_per_year: weeks.parse().unwrap(),
            ..hours(store, &owner).settings
        };
        for (weeks, refused) in [(tiny, true), ("0.9", true), ("53.1", true), ("1", false)] {
            let settings = of(weeks);
            let changed = write(store, &owner, move |tx, actor| {
                let (_, version) = load_settings(tx, actor)?;
                change_settings(tx, actor, &settings, version, moment(5))
            });
            let code = changed.err().map(|error| error.code);
            assert_eq!(code, refused.then_some("settings.weeks"), "{weeks}");
        }
        let mut week = Input::memory(
            "week.csv",
            b"Date,Start,End,Description\n2026-11-16,09:00,11:00,inbox triage\n".to_vec(),
        )
        .unwrap();
        import_file(store, &owner, &mut week, &Choices::default(), moment(5)).unwrap();
        for weeks in [tiny, "7922816251426433759354395033", "-3"] {
            write(store, &owner, move |tx, actor| {
                let mut scope = actor.within(tx, Permission::Manage)?;
                let mut row = load_workspace(&mut scope)?;
                row.weeks_per_year = weeks.to_owned();
                Ok(update_workspace(&mut scope, &row)?)
            })
            .unwrap();
            let report = report(store, &owner);
            assert!(report.audit.weeks_per_year >= Decimal::ONE);
            let hours = hours(store, &owner);
            assert!(rank(&hours).is_some());
        }
    });
}
