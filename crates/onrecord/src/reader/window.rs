//! Cuts a row of wordpieces into overlapping windows and tells from which of them a piece is read.

use std::ops::Range;

/// Windows of `length` pieces, `stride` apart, the last one flush with the end; one shorter window for a short text.
pub(super) fn plan(pieces: usize, length: usize, stride: usize) -> Vec<Range<usize>> {
    if pieces <= length {
        return vec![0..pieces];
    }
    let starts = (0..).map(|i| i * stride).take_while(|start| start + length < pieces);
    starts.chain([pieces - length]).map(|start| start..start + length).collect()
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

    #[test]
    fn a_piece_in_two_windows_is_read_where_it_has_most_around_it() {
        let windows = plan(500, 256, 192);
        assert_eq!(windows, [0..256, 192..448, 244..500]);
        assert_eq!(best(&windows, 200), 0);
        assert_eq!(best(&windows, 250), 192);
        assert_eq!(best(&windows, 499), 244);
    }

    proptest! {
        #[test]
        fn every_piece_is_in_a_window(pieces in 1usize..3000) {
            let windows = plan(pieces, 256, 192);
            for piece in 0..pieces {
                prop_assert!(windows.iter().any(|window| window.start == best(&windows, piece) && window.contains(&piece)));
            }
        }
    }
}
