//! Cuts a row of wordpieces into overlapping windows and tells from which of them a piece is read.

use super::Windows;
use std::ops::Range;

/// As few windows as hold all pieces, none longer than `longest` and all of one length, neighbours sharing `shared`
/// pieces or a few more, the last one flush with the end.
///
/// Equal, shorter windows cost less than full ones with a long shared stretch at the end: an article of 1,034 pieces
/// with 48 shared takes 5 windows of 246 instead of 6 of 256.
pub(super) fn plan(pieces: usize, Windows { longest, shared }: Windows) -> Vec<Range<usize>> {
    let count = pieces.saturating_sub(shared).div_ceil(longest - shared).max(1);
    let length = (pieces + (count - 1) * shared).div_ceil(count);
    (0..count).map(|at| if count == 1 { 0 } else { at * (pieces - length) / (count - 1) }).map(|start| start..start + length).collect()
}

/// The start of the window whose middle is nearest to `piece`; the earlier one on a tie.
pub(super) fn best(windows: &[Range<usize>], piece: usize) -> usize {
    let first = windows.partition_point(|window| window.end <= piece);
    let holding = windows[first..].iter().take_while(|window| window.start <= piece);
    let distance = |window: &&Range<usize>| (2 * piece + 1).abs_diff(window.start + window.end);
    holding.min_by_key(distance).expect("every piece lies in a window").start
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const WINDOWS: Windows = Windows { longest: 256, shared: 32 };

    #[test]
    fn a_piece_in_two_windows_is_read_where_it_has_most_around_it() {
        let windows = plan(500, WINDOWS);
        assert_eq!(windows, [0..188, 156..344, 312..500]);
        assert_eq!(best(&windows, 171), 0);
        assert_eq!(best(&windows, 172), 156);
        assert_eq!(best(&windows, 499), 312);
        assert_eq!(plan(480, WINDOWS), [0..256, 224..480]);
    }

    proptest! {
        #[test]
        fn every_piece_is_in_a_window(pieces in 1usize..3000) {
            let windows = plan(pieces, WINDOWS);
            prop_assert!(windows.iter().all(|window| window.len() == windows[0].len() && window.len() <= 256 && window.end <= pieces));
            prop_assert!(windows.windows(2).all(|pair| pair[0].end >= pair[1].start + 32));
            for piece in 0..pieces {
                prop_assert!(windows.iter().any(|window| window.start == best(&windows, piece) && window.contains(&piece)));
            }
        }
    }
}
