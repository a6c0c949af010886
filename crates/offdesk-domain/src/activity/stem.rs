//! Light stemming of English words: plurals, -ing, -ed, final e and y; other languages are hardly touched.

/// Whether a word in -ing means something else without it.
fn is_whole(word: &[u8]) -> bool {
    match word.len() {
        7 => matches!(
            word,
            b"listing"
                | b"booking"
                | b"billing"
                | b"wedding"
                | b"housing"
                | b"morning"
                | b"evening"
                | b"parking"
        ),
        8 => matches!(word, b"training" | b"building" | b"catering" | b"branding"),
        9 => matches!(word, b"marketing" | b"recording"),
        10 => matches!(word, b"accounting" | b"networking"),
        _ => false,
    }
}

/// Cuts a word down to its stem in place and returns the length of the stem.
pub(super) fn stem(word: &mut [u8]) -> usize {
    let mut length = word.len();
    // Every step shortens the word or is the last one.
    for _ in 0..=word.len() {
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
    match word {
        [.., b's'] => plural(word),
        [.., b'i', b'n', b'g'] if !is_whole(word) => inflected(word, length - 3),
        [.., b'i', b'e', b'd'] if length > 4 => Some((length - 3, b"i")),
        [.., before, b'e', b'd'] if *before != b'e' => inflected(word, length - 2),
        [rest @ .., b'e'] => {
            let is_cut = match rest {
                [.., b's' | b'a' | b'e' | b'i' | b'o'] => false,
                [.., b'u'] => length > 4,
                _ => has_vowel(rest),
            };
            is_cut.then_some((length - 1, b""))
        }
        [.., before, b'y'] if !is_vowel(*before) => Some((length - 1, b"i")),
        // British and American spelling: organize and organise.
        [.., b'i' | b'y', b'z'] if length > 4 => Some((length - 1, b"se")),
        [.., b'l', b'l'] if length > 5 => Some((length - 1, b"")),
        _ => None,
    }
}

fn plural(word: &[u8]) -> Option<(usize, &'static [u8])> {
    let length = word.len();
    match word {
        [.., b'y', b's', b'i', b's'] => Some((length - 2, b"e")),
        [.., b's' | b'u' | b'i', b's'] | b"news" => None,
        [.., b'i', b'e', b's'] if length > 4 => Some((length - 3, b"i")),
        [.., b's', b's' | b'h', b'e', b's']
        | [.., b'c', b'h', b'e', b's']
        | [.., b'x', b'e', b's'] => Some((length - 2, b"")),
        _ => Some((length - 1, b"")),
    }
}

/// A word without -ing or -ed, its doubled consonant undone.
fn inflected(word: &[u8], length: usize) -> Option<(usize, &'static [u8])> {
    let rest = &word[..length];
    if length < 3 || !has_vowel(rest) {
        return None;
    }
    match rest {
        [.., before, b's'] if !matches!(before, b's' | b'u') => Some((length, b"e")),
        [.., before, last]
            if before == last
                && length > 3
                && !is_vowel(*last)
                && !matches!(last, b'l' | b's' | b'z') =>
        {
            Some((length - 1, b""))
        }
        _ => Some((length, b"")),
    }
}

fn has_vowel(word: &[u8]) -> bool {
    word.iter().any(|byte| is_vowel(*byte) || *byte == b'y')
}

fn is_vowel(byte: u8) -> bool {
    matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u')
}
