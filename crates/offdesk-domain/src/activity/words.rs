//! The words that folding treats apart, in a table built at compile time.

/// How folding treats a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// Kept.
    Plain,
    /// Dropped: it carries no kind of work.
    Stop,
    /// Dropped; a name may follow.
    Link,
    /// Dropped when it stands beside a number.
    BesideNumber,
    /// Dropped before a colon.
    Reply,
    /// Kept, and proof that the words around it are no name.
    Work,
}

const LISTS: &[(Class, &str)] = &[
    (
        Class::Stop,
        "a an the of to and or my our your their his her its some any all this that these those in on at by from \
         into via is are was were be been being do did does i we you he she they me them as if so then about per \
         etc also just more again than \
         der die das dem den des ein eine einen einem einer und oder fur mit von vom zu zum zur im am auf bei beim \
         aus nach ist wegen ich wir als auch noch \
         le la les du de et pour avec el los las del con para un une una \
         re aw fw fwd wg hi hello dear hey hallo moin bonjour hola thanks thank please pls plz thx regards cheers \
         bitte danke gruss grusse liebe lieber merci gracias mr mrs ms dr herr frau",
    ),
    (
        Class::Stop,
        "january february april june july august september october november december jan feb apr jun jul aug sep \
         sept oct nov dec januar februar marz maerz mai juni juli oktober dezember mrz okt dez \
         monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun \
         mondays tuesdays wednesdays thursdays fridays saturdays sundays \
         montag dienstag mittwoch donnerstag freitag samstag sonntag kw",
    ),
    (Class::Link, "for with"),
    (
        Class::BesideNumber,
        "may march mar no nr num number ref id week day part pm uhr hr hrs min mins hour minute th st nd rd",
    ),
    (Class::Reply, "sv tr antw rv vs"),
    (
        Class::Work,
        "account accountant accounting accounts admin ads agenda audit bank banking bill billing bills blog \
         bookkeeping booking bookings brochure budget bug bugs calendar call calls campaign card catalogue check \
         claims cleaning client clients code coding contract contracts copy customer customers data database deck \
         delivery design development documents draft editing email emails estimate estimates event expense expenses \
         feedback filing finance fix fixes follow form forms hiring homepage hosting inbox insurance interview \
         interviews inventory invoice invoices invoicing landing lawyer layout leads legal letter list listing \
         listings logo mail mailing maintenance management marketing materials meeting meetings migration minutes \
         newsletter notes office onboarding order ordering orders page pages paperwork parts payment payments \
         payroll phone photos planning post posts prep presentation pricing print processing product products \
         project proposal purchasing quote quotes receipts reconciliation records recruiting refund refunds \
         reminders repairs reply report reporting reports request requests research returns review reviews sales \
         schedule scheduling server setup shipping shop site slides social software stock store strategy supplier \
         suppliers supplies support survey task tasks tax taxes team testing tests ticket tickets training \
         translation travel update updates vendor video videos website work workshop writing \
         abrechnung ablage angebot angebote auftrag bestellung bestellungen besprechung buchhaltung buro einkauf \
         kunde kunden lager lieferung mahnung mahnungen planung projekt rechnung rechnungen reise steuer steuern \
         telefonat termin termine texte umsatzsteuer versand vertrag webseite zahlung zahlungen",
    ),
];

const SLOTS: usize = 1024;

struct Table {
    keys: [u128; SLOTS],
    classes: [Class; SLOTS],
}

static TABLE: Table = build();

const fn slot_of(key: u128) -> usize {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a hash: both halves are mixed and ten bits are kept"
    )]
    let mixed = ((key as u64) ^ ((key >> 64) as u64).rotate_left(29))
        .wrapping_mul(0x9e37_79b9_7f4a_7c15)
        >> 54;
    mixed as usize
}

const fn build() -> Table {
    let mut table = Table {
        keys: [0; SLOTS],
        classes: [Class::Plain; SLOTS],
    };
    let mut list = 0;
    while list < LISTS.len() {
        let text = LISTS[list].1.as_bytes();
        let mut at = 0;
        while at < text.len() {
            let mut key = 0;
            let mut length = 0;
            while at < text.len() && text[at] != b' ' {
                key |= (text[at] as u128) << (8 * length);
                length += 1;
                at += 1;
            }
            assert!(length <= 16, "a listed word is longer than a key");
            if length > 0 {
                let mut slot = slot_of(key);
                while table.keys[slot] != 0 {
                    assert!(table.keys[slot] != key, "a word is listed twice");
                    slot = (slot + 1) % SLOTS;
                }
                table.keys[slot] = key;
                table.classes[slot] = LISTS[list].0;
            }
            at += 1;
        }
        list += 1;
    }
    table
}

fn find(key: u128) -> Class {
    let mut slot = slot_of(key);
    loop {
        let found = TABLE.keys[slot];
        if found == key {
            return TABLE.classes[slot];
        }
        if found == 0 {
            return Class::Plain;
        }
        slot = (slot + 1) % SLOTS;
    }
}

/// The class of a lower-case word within a text that has 16 more bytes behind every word.
#[inline]
pub(super) fn class_at(text: &[u8], start: usize, length: usize) -> Class {
    if length > 16 {
        return Class::Plain;
    }
    match text[start..].first_chunk::<16>() {
        Some(block) => find(key_of(*block, length)),
        None => class_of(&text[start..start + length]),
    }
}

/// The first `length` bytes of a block, at most 16, as one number.
#[inline]
pub(super) fn key_of(block: [u8; 16], length: usize) -> u128 {
    u128::from_le_bytes(block) & MASKS[length.min(16)]
}

/// The class of a lower-case word as one number.
pub(super) fn class_of_key(key: u128) -> Class {
    find(key)
}

/// The bits of a block that a word of each length fills.
const MASKS: [u128; 17] = {
    let mut masks = [u128::MAX; 17];
    let mut length = 0;
    while length < 16 {
        masks[length] = (1 << (8 * length)) - 1;
        length += 1;
    }
    masks
};

/// The class of a lower-case word.
pub(super) fn class_of(word: &[u8]) -> Class {
    if word.is_empty() || word.len() > 16 {
        return Class::Plain;
    }
    let mut block = [0; 16];
    block[..word.len()].copy_from_slice(word);
    find(u128::from_le_bytes(block))
}
