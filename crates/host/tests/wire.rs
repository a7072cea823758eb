//! Frames: what was written is read back, and nothing that was tampered with is believed.

use aimline_host::wire::{Batch, BatchWriter, Frame, Kind, TableInfo, WireError, read_frame, write_frame};
use proptest::prelude::*;

type Line = (u64, u64, String, Vec<Option<String>>);

fn written(lines: &[Line]) -> Frame {
    let mut writer = BatchWriter::default();
    for (number, byte, part, cells) in lines {
        writer.push(*number, *byte, part, &cells.iter().map(Option::as_deref).collect::<Vec<_>>());
    }
    let mut stream = Vec::new();
    writer.write(&mut stream, 7).expect("a vector takes all");
    let mut rest = stream.as_slice();
    let frame = read_frame(&mut rest).expect("a frame").expect("not the end");
    assert!(rest.is_empty());
    frame
}

fn lines() -> impl Strategy<Value = Vec<Line>> {
    let text = "[a-zñ› 0-9]{0,9}";
    let cells = prop::collection::vec(prop::option::of(text), 0..6);
    prop::collection::vec((any::<u64>(), any::<u64>(), text, cells), 1..9)
}

proptest! {
    #[test]
    fn a_batch_is_read_back_as_it_was_written(lines in lines()) {
        let frame = written(&lines);
        prop_assert_eq!((frame.kind, frame.table), (Kind::Batch, 7));
        let batch = Batch::parse(frame.payload.clone()).expect("a batch");
        prop_assert_eq!(batch.payload(), &frame.payload[..]);
        let back: Vec<Line> = batch
            .rows()
            .map(|row| (row.number, row.byte, row.part().to_owned(), row.cells.iter().map(|cell| cell.map(str::to_owned)).collect()))
            .collect();
        prop_assert_eq!(&back, &lines);
        for (index, line) in lines.iter().enumerate() {
            let row = batch.row(index).expect("a row");
            prop_assert_eq!(row.cells.len(), line.3.len());
            for (at, cell) in line.3.iter().enumerate() {
                prop_assert_eq!(row.cells.get(at), cell.as_deref());
            }
            prop_assert_eq!(row.cells.get(line.3.len()), None);
            prop_assert_eq!(row.cells.get(usize::MAX), None);
        }
        prop_assert!(batch.row(lines.len()).is_none());
    }

    #[test]
    fn a_changed_batch_is_refused_or_still_holds_text(
        lines in lines(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let mut payload = written(&lines).payload;
        for (at, byte) in changes {
            let at = at.index(payload.len());
            payload[at] = byte;
        }
        if let Some(cut) = cut {
            let cut = cut.index(payload.len());
            payload.truncate(cut);
        }
        is_refused_or_text(payload);
    }

    #[test]
    fn any_bytes_are_refused_or_hold_text(payload in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = TableInfo::parse(&payload);
        let mut stream = payload.as_slice();
        while let Ok(Some(_)) = read_frame(&mut stream) {}
        is_refused_or_text(payload);
    }
}

fn is_refused_or_text(payload: Vec<u8>) {
    let Ok(batch) = Batch::parse(payload) else { return };
    assert!(batch.len() > 0);
    for row in batch.rows() {
        for text in row.cells.iter().flatten().chain([row.part()]) {
            assert!(std::str::from_utf8(text.as_bytes()).is_ok());
        }
    }
}

#[test]
fn a_cell_may_not_end_inside_a_character() {
    let payload = |lengths: [u8; 2]| {
        let head = [1, 0, 2, 0, lengths[0], lengths[1]];
        [&1u32.to_le_bytes()[..], &6u32.to_le_bytes(), &head, "aé".as_bytes()].concat()
    };
    assert!(Batch::parse(payload([2, 3])).is_ok());
    assert_eq!(Batch::parse(payload([3, 2])).expect_err("refused").to_string(), "a bad batch frame: a cell splits a character");
}

#[test]
fn lies_about_lengths_are_refused() {
    let batch = |rows: u32, head: &[u8], text: &str| {
        Batch::parse([&rows.to_le_bytes()[..], &(head.len() as u32).to_le_bytes(), head, text.as_bytes()].concat())
    };
    assert!(batch(1, &[1, 0, 1, 0, 3], "ab").is_ok());
    let huge = [1, 0, 1, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1];
    for (rows, head, text) in [
        (0, &[][..], ""),
        (2, &[1, 0, 1, 0, 3], "ab"),
        (1, &[1, 0, 1, 0, 4], "ab"),
        (1, &[1, 0, 1, 0, 2], "ab"),
        (1, &[1, 0, 2, 0, 3], "ab"),
        (1, &[1, 0, 1, 0, 3, 0], "ab"),
        (1, &[1, 0, 0xFF, 0xFF, 0x7F, 0], ""),
        (1, &huge, "ab"),
        (1, &[0xFF; 12], "ab"),
        (70_000, &[1, 0, 1, 0, 3], "ab"),
    ] {
        assert!(batch(rows, head, text).is_err(), "{rows} {head:?} {text}");
    }
}

#[test]
fn bytes_that_are_not_text_do_not_become_a_row() {
    let mut writer = BatchWriter::default();
    let good: [Option<&[u8]>; 2] = ["ñ", "b"].map(|text| Some(text.as_bytes()));
    assert!(writer.push_bytes(1, 0, None, good.into_iter()).is_ok());
    // Each half alone is no text, though the two together would be.
    let halves: [Option<&[u8]>; 2] = [Some(b"\xC3"), Some(b"\xB1")];
    assert_eq!(writer.push_bytes(2, 0, None, halves.into_iter()).expect_err("refused").0, Some(0));
    assert_eq!(writer.push_bytes(2, 0, Some(b"\xFF"), good.into_iter()).expect_err("refused").0, None);
    assert!(writer.push_bytes(3, 0, None, good.into_iter()).is_ok());
    let mut stream = Vec::new();
    writer.write(&mut stream, 0).expect("a vector takes all");
    let frame = read_frame(&mut stream.as_slice()).expect("a frame").expect("not the end");
    let numbers: Vec<u64> = Batch::parse(frame.payload).expect("a batch").rows().map(|row| row.number).collect();
    assert_eq!(numbers, [1, 3]);
}

#[test]
fn a_stream_ends_between_frames_or_is_cut() {
    let info = TableInfo { name: "goals".into(), columns: vec!["goal_id".into(), "value".into()] };
    let mut stream = Vec::new();
    write_frame(&mut stream, Kind::Table, 3, &info.payload()).expect("a vector takes all");
    for length in 1..stream.len() {
        assert!(matches!(read_frame(&mut &stream[..length]), Err(WireError::Cut)));
    }
    let mut rest = stream.as_slice();
    let frame = read_frame(&mut rest).expect("a frame").expect("not the end");
    assert_eq!(TableInfo::parse(&frame.payload).expect("a table"), info);
    assert!(read_frame(&mut rest).expect("the end").is_none());
    stream[0] = 99;
    assert!(matches!(read_frame(&mut stream.as_slice()), Err(WireError::NotAFrame { kind: 99, .. })));
    stream[0] = Kind::Table as u8;
    stream[5..9].copy_from_slice(&u32::MAX.to_le_bytes());
    assert!(matches!(read_frame(&mut stream.as_slice()), Err(WireError::NotAFrame { length: u32::MAX, .. })));
}

#[test]
fn a_table_is_a_grid_or_has_named_columns() {
    assert!(TableInfo::parse(b"").expect("a CSV file's sheet has no name").is_grid());
    assert!(TableInfo::parse("Otoño".as_bytes()).expect("a sheet").is_grid());
    for bad in [&b"\xFF"[..], b"goals\0", b"\0value", b"goals\0value\0value", b"goals\0\xFF"] {
        assert!(TableInfo::parse(bad).is_err());
    }
    assert!(TableInfo::parse(format!("goals{}", "\0c".repeat(65)).as_bytes()).is_err());
}
