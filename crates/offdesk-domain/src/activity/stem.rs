//! Light stemming of English words: plurals, -ing, -ed, final e and y; other languages are hardly touched.

/// Words in -ing that mean something else without it, and a plural that is none.
const WHOLE: &[&[u8]] = &[
    b"marketing",
    b"accounting",
    b"training",
    b"building",
    b"listing",
    b"recording",
    b"wedding",
    b"housing",
    b"catering",
    b"morning",
    b"evening",
    b"parking",
    b"branding",
    b"news",
];

/// Cuts a word down to its stem in place and returns the length of the stem.
pub(super) fn stem(word: &mut [u8]) -> usize {
    let mut length = word.len();
    // Every step shortens the word or is the last one, so the bound is never met by a word people write.
    for _ in 0..8 {
        let Some((kept, ending)) = step(&word[..length]) else {
            break;
        };
        length = kept + ending.len();
        // "analyz" grows to "analyse" only after it has lost an e or more, or stays as it is.
        let Some(place) = word.get_mut(kept..length) else {
            return word.len();
        };
        place.copy_from_slice(ending);
    }
    length
}

/// The next cut: how much stays and what is put behind it.
#[inline]
fn step(word: &[u8]) -> Option<(usize, &'static [u8])> {
    let length = word.len();
    if length < 4 {
        return (word == b"ads").then_some((2, b"".as_slice()));
    }
    match word[length - 1] {
        b's' => plural(word),
        b'g' if word.ends_with(b"ing") && !WHOLE.contains(&word) => inflected(word, length - 3),
        b'd' if word.ends_with(b"ied") && length > 4 => Some((length - 3, b"i")),
        b'd' if word.ends_with(b"ed") && !word.ends_with(b"eed") => inflected(word, length - 2),
        b'e' => {
            let before = word[length - 2];
            let is_cut = match before {
                b's' | b'a' | b'e' | b'i' | b'o' => false,
                b'u' => length > 4,
                _ => has_vowel(&word[..length - 1]),
            };
            is_cut.then_some((length - 1, b""))
        }
        b'y' if !is_vowel(word[length - 2]) => Some((length - 1, b"i")),
        // British and American spelling: organize and organise.
        b'z' if length > 4 && matches!(word[length - 2], b'i' | b'y') => Some((length - 1, b"se")),
        b'l' if length > 5 && word[length - 2] == b'l' => Some((length - 1, b"")),
        _ => None,
    }
}

fn plural(word: &[u8]) -> Option<(usize, &'static [u8])> {
    let length = word.len();
    if word.ends_with(b"ysis") {
        return Some((length - 2, b"e"));
    }
    if matches!(word[length - 2], b's' | b'u' | b'i') || WHOLE.contains(&word) {
        return None;
    }
    if word.ends_with(b"ies") && length > 4 {
        return Some((length - 3, b"i"));
    }
    let is_hissing = [&b"sses"[..], b"shes", b"ches", b"xes"]
        .iter()
        .any(|ending| word.ends_with(ending));
    Some((length - if is_hissing { 2 } else { 1 }, b""))
}

/// A word without -ing or -ed, its doubled consonant undone.
fn inflected(word: &[u8], length: usize) -> Option<(usize, &'static [u8])> {
    if length < 3 || !has_vowel(&word[..length]) {
        return None;
    }
    let (before, last) = (word[length - 2], word[length - 1]);
    if before == last && length > 3 && !is_vowel(last) && !matches!(last, b'l' | b's' | b'z') {
        return Some((length - 1, b""));
    }
    if last == b's' && !matches!(before, b's' | b'u') {
        return Some((length, b"e"));
    }
    Some((length, b""))
}

fn has_vowel(word: &[u8]) -> bool {
    word.iter().any(|byte| is_vowel(*byte) || *byte == b'y')
}

fn is_vowel(byte: u8) -> bool {
    matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u')
}
