//! The page: which table is open, and the text between tables.

use super::table::{Cell, Table};
use super::text::Text;
use aimline_plugin::{Host, Result};
use html5gum::StartTag;

/// Tables within tables; what is deeper counts as text of the last.
const DEEPEST: usize = 32;
/// Lines of text above a table that are kept.
const LINES: usize = 1000;

/// What has been read of a page.
pub(crate) struct Page {
    /// From the outermost to the innermost.
    open: Vec<Table>,
    /// Tables that are too deep.
    too_deep: u32,
    /// The element that is open and shows no text of its own.
    silent: Option<&'static [u8]>,
    /// The last table that was closed, for the text below it.
    last: Option<Table>,
    text: Text,
    /// Lines of text since the last table.
    lines: Vec<String>,
    /// Number of tables that were begun.
    tables: usize,
    /// The page has more than one.
    many: bool,
    sheet: String,
    sent: u64,
}

/// Elements whose text is no text of the page; of a list to choose from nobody knows here what is chosen.
const SILENT: [&[u8]; 6] = [b"script", b"style", b"title", b"textarea", b"select", b"noscript"];

/// Elements that stand in lines of their own.
fn is_block(name: &[u8]) -> bool {
    matches!(
        name,
        b"p" | b"div"
            | b"h1"
            | b"h2"
            | b"h3"
            | b"h4"
            | b"h5"
            | b"h6"
            | b"li"
            | b"ul"
            | b"ol"
            | b"dl"
            | b"dt"
            | b"dd"
            | b"pre"
            | b"center"
            | b"form"
            | b"hr"
            | b"caption"
            | b"address"
            | b"blockquote"
            | b"section"
            | b"header"
            | b"footer"
            | b"body"
    )
}

impl Page {
    pub(crate) fn new(text: &str) -> Self {
        let tables = memchr::memchr_iter(b'<', text.as_bytes())
            .filter(|&at| text.as_bytes().get(at + 1..at + 6).is_some_and(|name| name.eq_ignore_ascii_case(b"table")));
        let many = tables.take(2).count() > 1;
        // Excel keeps the name of the sheet in a comment.
        let mut names = text.match_indices("<x:Name>").filter_map(|(at, sign)| text[at + sign.len()..].split_once("</x:Name>"));
        let sheet = match (names.next(), names.next()) {
            (Some((name, _)), None) if !many && name.len() < 200 => name.replace('\0', ""),
            _ => String::new(),
        };
        let (open, lines) = (Vec::new(), Vec::new());
        Self { open, too_deep: 0, silent: None, last: None, text: Text::default(), lines, tables: 0, many, sheet, sent: 0 }
    }

    pub(crate) fn open(&mut self, tag: &StartTag<usize>, host: &mut Host<'_>) -> Result<()> {
        let name = tag.name.as_slice();
        self.silent = self.silent.or_else(|| SILENT.into_iter().find(|silent| *silent == name));
        if name == b"table" {
            return self.begin_table(host);
        }
        if name == b"br" {
            self.current().line();
            return Ok(());
        }
        if is_block(name) {
            return self.block(host);
        }
        if self.too_deep > 0 {
            return Ok(());
        }
        let Some(table) = self.open.last_mut() else { return Ok(()) };
        let number = |name: &[u8]| attribute(tag, name).and_then(|text| text.trim().parse::<u64>().ok());
        match name {
            b"tr" => table.begin_row(is_hidden(tag), host),
            b"td" | b"th" => {
                let columns = number(b"colspan").unwrap_or(1) as usize;
                // 0 means down to the end of the table.
                let rows = number(b"rowspan").map_or(1, |rows| if rows == 0 { u64::MAX } else { rows });
                let formula = attribute(tag, b"x:fmla").is_some();
                table.begin_cell(Cell { columns, rows, formula }, host)
            }
            b"col" => {
                table.describe_columns(number(b"span").unwrap_or(1) as usize, is_hidden(tag));
                Ok(())
            }
            b"thead" | b"tbody" | b"tfoot" => table.end_row(host),
            _ => Ok(()),
        }
    }

    pub(crate) fn close(&mut self, name: &[u8], host: &mut Host<'_>) -> Result<()> {
        if self.silent == Some(name) {
            self.silent = None;
        }
        if name == b"table" {
            return self.end_table(host);
        }
        if is_block(name) {
            self.block(host)?;
        } else if let (Some(table), 0) = (self.open.last_mut(), self.too_deep) {
            match name {
                b"tr" | b"thead" | b"tbody" | b"tfoot" => table.end_row(host)?,
                b"td" | b"th" => table.end_cell(),
                _ => {}
            }
        }
        Ok(())
    }

    pub(crate) fn text(&mut self, text: &[u8]) {
        if self.silent.is_some() {
            return;
        }
        // The tokenizer got valid UTF-8.
        let text = String::from_utf8_lossy(text);
        self.current().push(&text);
    }

    /// The text that is being written: that of the innermost open cell, else that between tables.
    fn current(&mut self) -> &mut Text {
        self.open.iter_mut().rev().find_map(Table::text).unwrap_or(&mut self.text)
    }

    fn block(&mut self, host: &mut Host<'_>) -> Result<()> {
        if self.open.iter_mut().any(|table| table.text().is_some()) {
            self.current().block();
            return Ok(());
        }
        self.end_line(host)
    }

    /// Text within a table and outside of its cells is a row of it, as its caption; other text waits for the next table.
    fn end_line(&mut self, host: &mut Host<'_>) -> Result<()> {
        let text = self.text.take();
        let lines = text.split('\n').filter(|line| !line.is_empty());
        if let Some(table) = self.open.last_mut() {
            return lines.into_iter().try_for_each(|line| table.line(line, host));
        }
        let room = LINES.saturating_sub(self.lines.len());
        self.lines.extend(lines.take(room).map(str::to_owned));
        Ok(())
    }

    fn begin_table(&mut self, host: &mut Host<'_>) -> Result<()> {
        if self.open.len() >= DEEPEST {
            self.too_deep = self.too_deep.saturating_add(1);
            return Ok(());
        }
        self.silent = None;
        self.block(host)?;
        self.tables += 1;
        let mut table = Table::new(if self.many { format!("table {}", self.tables) } else { self.sheet.clone() });
        if self.open.is_empty() {
            if let Some(last) = self.last.take() {
                self.end(last, host)?;
            }
            for line in std::mem::take(&mut self.lines) {
                table.line(&line, host)?;
            }
        }
        self.open.push(table);
        Ok(())
    }

    fn end_table(&mut self, host: &mut Host<'_>) -> Result<()> {
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return Ok(());
        }
        self.silent = None;
        if self.open.iter_mut().all(|table| table.text().is_none()) {
            self.end_line(host)?;
        }
        let Some(mut table) = self.open.pop() else { return Ok(()) };
        table.end_row(host)?;
        if self.open.is_empty() {
            self.last = Some(table);
            Ok(())
        } else {
            self.end(table, host)
        }
    }

    fn end(&mut self, table: Table, host: &mut Host<'_>) -> Result<()> {
        self.sent += u64::from(table.is_sent());
        table.finish(host)
    }

    /// Ends the page; says how many tables held something.
    pub(crate) fn finish(mut self, host: &mut Host<'_>) -> Result<u64> {
        self.too_deep = 0;
        while !self.open.is_empty() {
            self.end_table(host)?;
        }
        self.end_line(host)?;
        if let Some(mut last) = self.last.take() {
            // Notes below the last table.
            if last.is_sent() {
                for line in std::mem::take(&mut self.lines) {
                    last.line(&line, host)?;
                }
            }
            self.end(last, host)?;
        }
        Ok(self.sent)
    }
}

fn attribute<'a>(tag: &'a StartTag<usize>, name: &[u8]) -> Option<&'a str> {
    tag.attributes.get(name).and_then(|value| std::str::from_utf8(value).ok())
}

fn is_hidden(tag: &StartTag<usize>) -> bool {
    let style = attribute(tag, b"style").unwrap_or_default().to_ascii_lowercase().replace(' ', "");
    tag.attributes.contains_key(b"hidden".as_slice()) || style.contains("display:none") || style.contains("visibility:collapse")
}
