//! Words that say too little, and finding words in a text.

/// Words and phrases that leave open what is meant.
const VAGUE: [&str; 44] = [
    "as needed",
    "if needed",
    "when needed",
    "as necessary",
    "if necessary",
    "as required",
    "if required",
    "as appropriate",
    "appropriate",
    "appropriately",
    "properly",
    "proper",
    "adequate",
    "adequately",
    "reasonable",
    "reasonably",
    "sufficient",
    "sufficiently",
    "suitable",
    "relevant",
    "etc",
    "and so on",
    "and so forth",
    "and the like",
    "asap",
    "as soon as possible",
    "in a timely manner",
    "timely",
    "promptly",
    "quickly",
    "soon",
    "regularly",
    "periodically",
    "as usual",
    "the usual",
    "as always",
    "carefully",
    "some time",
    "good enough",
    "nicely",
    "usw",
    "bei bedarf",
    "zeitnah",
    "gegebenenfalls",
];

/// The first word or phrase of a text that leaves open what is meant.
pub(in super::super) fn vague_word(text: &str) -> Option<&'static str> {
    let spaced = spaced(text);
    VAGUE.into_iter().find(|word| holds(&spaced, word))
}

/// Whether a text holds one of these words or phrases, in small letters.
pub(in super::super) fn has_any(text: &str, words: &[&str]) -> bool {
    let spaced = spaced(text);
    words.iter().any(|word| holds(&spaced, word))
}

fn holds(spaced: &str, word: &str) -> bool {
    let mut rest = spaced;
    while let Some(at) = rest.find(word) {
        let before = rest.get(..at).is_some_and(|text| text.ends_with(' '));
        let behind = rest.get(at + word.len()..).unwrap_or_default();
        if before && behind.starts_with(' ') {
            return true;
        }
        rest = behind;
    }
    false
}

/// The words of a text in small letters, with one blank before, between and behind them.
fn spaced(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push(' ');
    for c in text.chars() {
        if c.is_alphanumeric() || c == '\'' {
            out.extend(c.to_lowercase());
        } else if !out.ends_with(' ') {
            out.push(' ');
        }
    }
    if !out.ends_with(' ') {
        out.push(' ');
    }
    out
}

/// The words of a text in small letters.
pub(super) fn words(text: &str) -> Vec<String> {
    let spaced = spaced(text);
    spaced.split_whitespace().map(str::to_owned).collect()
}

/// Verbs that steps of office work begin with.
const VERBS: &str = " accept add adjust agree answer apply approve archive arrange ask assign attach back block book bring \
    build buy calculate call cancel capture carry categorise categorize change charge chase check choose clean clear click close \
    collect compare complete compose confirm contact convert copy correct count create cross cut date decide define delete deliver \
    describe discard dismiss divide do double download draft drag drop edit email empty end enter escalate estimate export extract \
    file fill filter find finish fix flag fold follow format forward gather get give go greet group hand hang hold identify import \
    include inform insert invite invoice issue keep label leave list load locate lock log look make mark match measure meet mention \
    merge message move name note notify offer open order organise organize pack park paste pause pay phone pick place plan post \
    prepare press print process proofread publish pull push put quote rate read rebook receive reconcile record refund refuse reject \
    release remind remove rename reopen repeat replace reply report request reschedule reset resize resolve respond restart restore \
    retry return review rewrite run save scan schedule search select send separate set share show sign skip snooze sort split stamp \
    start state stop store submit subtract sum switch tag take talk tell test thank tick tidy total track transfer translate \
    transcribe turn type unlock unpack unsubscribe update upload use validate verify visit void wait warn wash weigh wipe withdraw \
    wrap write ";

/// Whether an English word, in small letters, is a verb that steps begin with.
pub(super) fn is_verb(word: &str) -> bool {
    VERBS.contains(&format!(" {word} "))
}
