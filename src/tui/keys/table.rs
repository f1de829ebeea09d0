//! The bindings, by context.

use super::{Action, Binding, Chord, Context, Edit, Key, Tab};
use crate::tui::look::{Ink, Motion, Mouse, Strokes};

pub(super) const fn key(c: char) -> Chord {
    Chord::One(Key::Char(c))
}

pub(super) const fn ctrl(c: char) -> Chord {
    Chord::One(Key::Ctrl(c))
}

pub(super) const fn alt(c: char) -> Chord {
    Chord::One(Key::Alt(c))
}

pub(super) const fn one(key: Key) -> Chord {
    Chord::One(key)
}

macro_rules! table {
    ($($context:ident: $($id:literal $action:expr, [$($key:expr),* $(,)?], $does:literal, $hint:literal;)+)+) => {
        /// All bindings, in the order in which they are shown.
        pub const TABLE: &[Binding] = &[$($(Binding {
            action: $action, id: $id, keys: &[$($key),*], context: Context::$context, does: $does, hint: $hint,
        },)+)+];
    };
}

table! {
    Welcome:
        "mark" Action::Mark, [key(' ')], "mark or unmark an archive", "mark";
        "welcome.import" Action::Open, [one(Key::Enter)], "import the marked archives", "import";
        "import.path" Action::AddPath, [key('o')], "type the path of an archive or folder", "type a path";
        "welcome.guide" Action::Guide, [key('a')], "how do I get my data from a company", "ask a company";
        "sample" Action::Sample, [key('d')], "try it with made-up sample data", "sample data";
    Overview:
        "overview.view" Action::View, [key('v'), key('m')], "companies, or categories by company", "matrix";
        "overview.numbers" Action::Numbers, [key('#')], "numbers, or shades and bars", "";
        "overview.sort" Action::Sort, [key('s')], "sort by the next column", "sort";
        "overview.earlier" Action::Earlier, [key('<')], "only the year or month before", "earlier";
        "overview.later" Action::Later, [key('>')], "only the year or month after; behind the last, all of time", "later";
        "overview.month" Action::ZoomIn, [key('+'), key('=')], "only a month of the year", "";
        "overview.year" Action::ZoomOut, [key('-')], "the whole year again, then all of time", "";
        "overview.lower" Action::Preview, [key('w')], "show the company, the chart or the findings below", "below";
    Fields:
        "fields.fold" Action::Left, [key('h'), one(Key::Left)], "fold, go to the parent", "";
        "fields.unfold" Action::Right, [key('l'), one(Key::Right)], "unfold, go into", "unfold";
        "fields.fold_all" Action::FoldAll, [key('z')], "fold or unfold all", "";
        "fields.correct" Action::Correct, [key('c')], "say what kind of data a field is", "correct";
        "fields.group" Action::View, [key('v')], "group by company, category or origin", "group";
        "fields.mark" Action::Mark, [key(' ')], "mark or unmark a row, and go down: an export takes what is marked", "mark";
    Search:
        "search.facets" Action::Facets, [key('F')], "narrow by company, section, kind or year", "narrow";
        "search.clear" Action::ClearFilters, [key('c')], "clear all filters of the query", "";
        "search.not_like" Action::NotLike, [key('x')], "leave out what is like this: its sender, conversation, company", "not like";
        "search.mark" Action::Mark, [key(' ')], "mark or unmark a record, and go down", "mark";
        "search.count" Action::Numbers, [key('#')], "count to the end, where counting stopped at ≈", "";
        "search.next" Action::NextMatch, [key('n')], "next match: in the preview, then in the next record", "";
        "search.previous" Action::PreviousMatch, [key('N')], "previous match", "";
        "search.sort" Action::Sort, [key('s')], "newest, oldest, best match, by conversation, by company", "sort";
        "search.read" Action::ReadConversation, [key('r')], "read in conversation", "conversation";
        "search.preview" Action::Preview, [key('w')], "preview on or off", "";
        "search.edit" Action::SearchAll, [key('/'), key('i')], "back to the query", "edit";
    Time:
        "time.zoom_in" Action::ZoomIn, [key('+'), key('=')], "zoom in: year, month, day, hour", "zoom in";
        "time.zoom_out" Action::ZoomOut, [key('-')], "zoom out", "out";
        "time.earlier" Action::Earlier, [key('[')], "the period before", "before";
        "time.later" Action::Later, [key(']')], "the period after", "after";
        "time.date" Action::GoToDate, [key('t')], "go to a date", "date";
        "time.map" Action::Map, [key('m')], "the map: where records were made", "map";
        "time.lanes" Action::View, [key('v')], "lanes by company, kind or category", "lanes";
        "time.numbers" Action::Numbers, [key('#')], "numbers, or shades and bars", "numbers";
        "time.untimed" Action::Untimed, [key('u')], "records without a usable time", "no time";
        "time.mark" Action::Mark, [key(' ')], "mark or unmark a row, and go down: an export takes what is marked", "mark";
        "time.clear" Action::ClearFilters, [key('c')], "show all companies, kinds, categories and times again", "";
        "time.clock" Action::Clock, [key('Z')], "times as written, in your zone, or in UTC", "clock";
    Map:
        "map.zoom_in" Action::ZoomIn, [key('+'), key('=')], "zoom in on the selected square", "zoom in";
        "map.zoom_out" Action::ZoomOut, [key('-')], "zoom out", "out";
        "map.more" Action::Earlier, [key('[')], "the square with more records", "more";
        "map.fewer" Action::Later, [key(']')], "the square with fewer records", "fewer";
        "map.text" Action::Numbers, [key('#')], "the map, or the squares as text", "text";
        "map.mark" Action::Mark, [key(' ')], "mark or unmark a row, and go down: an export takes what is marked", "mark";
        "map.clear" Action::ClearFilters, [key('c')], "show all companies, kinds, categories and times again", "";
    People:
        "people.view" Action::View, [key('v')], "people, conversations, or who never wrote", "view";
        "people.join" Action::Join, [key('m')], "they are one person: join the suggested account", "join";
        "people.split" Action::Split, [key('M')], "take back what you said of a suggestion", "take back";
        "people.dismiss" Action::Dismiss, [one(Key::Backspace)], "they are not one person: do not suggest it again", "not the same";
        "people.mark" Action::Mark, [key(' ')], "mark or unmark a row, and go down: an export takes what is marked", "mark";
    Reader:
        "reader.open" Action::Open, [one(Key::Enter), key('o')], "the record of this message, and its source", "record";
        "reader.next" Action::NextMatch, [key('n')], "next match of the search you came from", "next match";
        "reader.previous" Action::PreviousMatch, [key('N')], "previous match", "";
        "reader.date" Action::GoToDate, [key('t')], "go to a date", "date";
        "reader.reply" Action::JumpToReply, [key('r')], "jump to the message this one answers", "answered";
        "reader.density" Action::Density, [key('d')], "names on each line, or once for messages in a row", "density";
        "reader.photo" Action::Photo, [key('p')], "show the photo of this message", "photo";
    Ids:
        "ids.fewer" Action::FewerCompanies, [key('<')], "also what one company holds alone", "";
        "ids.more" Action::MoreCompanies, [key('>')], "only what more companies hold", "fewer rows";
        "ids.why" Action::Why, [key('w')], "why these are the same: what each company wrote, the rule, how sure", "why";
        "ids.sort" Action::Sort, [key('s')], "sort by companies, kind or value", "sort";
        "ids.mark" Action::Mark, [key(' ')], "mark or unmark a row, and go down: an export takes what is marked", "mark";
    Ads:
        "ads.view" Action::View, [key('v')], "businesses, conclusions, choices, contradictions or flows", "view";
        "ads.choices" Action::Choices, [key('c')], "what you chose, sharing first", "choices";
        "ads.sort" Action::Sort, [key('s')], "sort by times, last or name", "sort";
        "ads.mark" Action::Mark, [key(' ')], "mark or unmark a row, and go down: an export takes what is marked", "mark";
        "ads.words" Action::Numbers, [key('#')], "words in place of bars and arrows", "";
    Completeness:
        "completeness.view" Action::View, [key('v')], "sections, or the oldest record of each category", "oldest";
        "completeness.diff" Action::Compare, [key('d')], "what changed since the export before", "changes";
    Import:
        "import.pause" Action::Pause, [key(' ')], "pause the import, or go on", "pause";
        "import.cancel" Action::Cancel, [key('x')], "stop reading this export: keep what is in, or roll it back", "cancel this";
        "import.cancel_all" Action::CancelAll, [key('X')], "stop all imports", "cancel all";
        "import.add" Action::AddPath, [key('+'), key('o')], "add an archive or folder by its path", "add";
    Ledger:
        "ledger.fate" Action::View, [key('v')], "show entries of the next fate only", "fate";
        "ledger.sort" Action::Sort, [key('s')], "sort by order, problems or records", "sort";
    Source:
        "source.fold" Action::Left, [key('h'), one(Key::Left)], "fold, go to the parent; columns to the left", "";
        "source.unfold" Action::Right, [key('l'), one(Key::Right)], "unfold; columns to the right", "unfold";
        "source.fold_all" Action::FoldAll, [key('z')], "fold or unfold what lies beside the place", "";
        "source.find" Action::Filter, [key('f')], "find a text in what is shown", "find";
        "source.next" Action::FindNext, [key('n')], "next place of the text", "next";
        "source.previous" Action::FindPrevious, [key('N')], "previous place of the text", "";
        "source.yank_place" Action::YankPlace, [key('Y')], "copy archive, entry and place", "copy place";
        "source.write" Action::WriteCopy, [key('O')], "write a copy of the whole entry to a file, after asking", "write copy";
        "source.photo" Action::Photo, [key('p')], "show the photo that the line names", "photo";
    Export:
        "export.choose" Action::Right, [key('l'), key(' '), one(Key::Right)], "choose the next", "choose";
        "export.choose_back" Action::Left, [key('h'), one(Key::Left)], "choose the one before", "";
        "export.edit" Action::AddPath, [key('i')], "type the path", "type path";
        "export.cancel" Action::Cancel, [key('x')], "stop the export that is being written", "stop";
        "export.write" Action::Open, [one(Key::Enter)], "write it", "write";
    Record:
        "record.read" Action::ReadConversation, [key('r')], "read in conversation", "conversation";
        "record.next" Action::NextMatch, [key('n')], "next value that matches", "";
        "record.previous" Action::PreviousMatch, [key('N')], "previous value that matches", "";
        "record.source" Action::Source, [key('o')], "where it is written in the archive", "source";
        "record.yank_place" Action::YankPlace, [key('Y')], "copy archive, entry and place", "copy place";
        "record.photo" Action::Photo, [key('p')], "show the photo of this record", "photo";
    Photo:
        "photo.close" Action::Photo, [key('p')], "close the photo", "close";
    Global:
        "move.down" Action::Down, [key('j'), one(Key::Down)], "down", "";
        "move.up" Action::Up, [key('k'), one(Key::Up)], "up", "";
        "move.left" Action::Left, [key('h'), one(Key::Left)], "left", "";
        "move.right" Action::Right, [key('l'), one(Key::Right)], "right", "";
        "move.half_down" Action::HalfDown, [ctrl('d'), one(Key::PageDown)], "half a page down", "";
        "move.half_up" Action::HalfUp, [ctrl('u'), one(Key::PageUp)], "half a page up", "";
        "move.first" Action::First, [Chord::G('g'), one(Key::Home)], "first", "";
        "move.last" Action::Last, [key('G'), one(Key::End)], "last", "";
        "open" Action::Open, [one(Key::Enter)], "go in, read, run", "open";
        "search" Action::SearchAll, [key('/')], "search everything", "search";
        "focus.next" Action::NextPane, [one(Key::Tab)], "next pane", "pane";
        "focus.previous" Action::PreviousPane, [one(Key::BackTab)], "previous pane", "";
        "searches" Action::Searches, [ctrl('r')], "earlier searches", "";
        "search.save" Action::SaveSearch, [ctrl('s')], "save this search under a name: save NAME", "";
        "search.open" Action::OpenSaved, [], "do a saved search: open NAME", "";
        "search.unsave" Action::Unsave, [], "forget a saved search", "";
        "searches.forget" Action::ForgetSearches, [], "forget all earlier searches", "";
        "filter" Action::Filter, [key('f')], "narrow this list, fuzzily", "filter";
        "narrow.clear" Action::ClearFilters, [key('C')], "show everything again on all screens", "";
        "marks.range" Action::MarkRange, [key('V')], "mark all from the last mark to here", "";
        "marks.all" Action::MarkAll, [key('A')], "mark all that are listed", "";
        "marks.none" Action::Unmark, [key('U')], "unmark all", "";
        "clock" Action::Clock, [key('Z')], "times as written, in your zone, or in UTC", "";
        "screen.overview" Action::Go(Tab::Overview), [key('1'), Chord::G('o')], "Overview: who holds what", "";
        "screen.fields" Action::Go(Tab::Fields), [key('2'), Chord::G('f')], "Fields: what exactly is held, and where", "";
        "screen.search" Action::Go(Tab::Search), [key('3'), Chord::G('s')], "Search: all records of all companies", "";
        "screen.time" Action::Go(Tab::Time), [key('4'), Chord::G('t')], "Time: when", "";
        "screen.people" Action::Go(Tab::People), [key('5'), Chord::G('p')], "People: who, and by which accounts", "";
        "screen.ids" Action::Go(Tab::Ids), [key('6'), Chord::G('i')], "IDs: what ties the companies together", "";
        "screen.ads" Action::Go(Tab::Ads), [key('7'), Chord::G('a')], "Ads: who told whom about you", "";
        "completeness" Action::Completeness, [Chord::G('c')], "Completeness: what is missing", "";
        "map" Action::Map, [Chord::G('l')], "Map: where records were made", "";
        "guide" Action::Guide, [Chord::G('h')], "Guides: how to get your data", "";
        "welcome" Action::Welcome, [Chord::G('w')], "Welcome: archives in the download folders", "";
        "export" Action::Export, [key('e'), key('E')], "write what is shown to a file", "export";
        "narrow" Action::Facets, [key('F')], "narrow all screens: company, year, kind …", "narrow";
        "import" Action::Import, [key('I'), Chord::G('m')], "Import: archives and their progress", "import";
        "ledger" Action::Ledger, [key('u')], "Ledger: every entry and its fate", "";
        "source" Action::Source, [key('o')], "where this is written in the archive", "";
        "yank" Action::Yank, [key('y')], "copy the selected value", "copy";
        "values.hide" Action::Hide, [key('H')], "hide or show values and names", "hide";
        "palette" Action::Palette, [key(':'), ctrl('p')], "all commands", "commands";
        "help" Action::Help, [key('?'), one(Key::F1)], "keys and commands of this place", "help";
        "repeat" Action::Repeat, [key('.')], "repeat the last action on what is selected", "";
        "places.back" Action::PlaceBack, [key('[')], "the place visited before", "";
        "places.forward" Action::PlaceForward, [key(']')], "the place visited after", "";
        "places" Action::Places, [ctrl('o')], "choose from all places visited", "";
        "problems" Action::Problems, [], "what could not be read", "";
        "log" Action::Log, [], "all messages so far", "";
        "about" Action::About, [], "about this program", "";
        "debug.report" Action::Report, [], "report of a bug: versions and counts only", "";
        "theme.default" Action::Theme(Ink::Colour), [], "theme default: the terminal's own colours", "";
        "theme.high-contrast" Action::Theme(Ink::HighContrast), [], "theme high-contrast: bright on black", "";
        "theme.okabe-ito" Action::Theme(Ink::OkabeIto), [], "theme okabe-ito: safe for the colour-blind", "";
        "theme.mono" Action::Theme(Ink::Mono), [], "theme mono: no colour", "";
        "theme.latte" Action::Theme(Ink::Latte), [], "theme catppuccin-latte: light", "";
        "theme.mocha" Action::Theme(Ink::Mocha), [], "theme catppuccin-mocha: dark", "";
        "mouse.on" Action::Mouse(Mouse::Ours), [], "mouse on: clicks and the wheel act here", "";
        "mouse.off" Action::Mouse(Mouse::Terminal), [], "mouse off: the terminal selects text", "";
        "ascii.on" Action::Strokes(Strokes::Ascii), [], "ascii on: draw with + - | only", "";
        "ascii.off" Action::Strokes(Strokes::Unicode), [], "ascii off: draw with lines", "";
        "motion.off" Action::Motion(Motion::Reduced), [], "motion off: progress once a second", "";
        "motion.on" Action::Motion(Motion::Full), [], "motion on: progress as it comes", "";
        "archive.forget" Action::Forget, [], "forget an export: it leaves the index", "";
        "index.delete" Action::DeleteIndex, [], "delete the index: all exports leave it", "";
        "quit" Action::Quit, [], "quit from wherever one is", "";
        "back" Action::Back, [one(Key::Esc)], "back one level; never quits", "";
        "back_or_quit" Action::BackOrQuit, [key('q')], "back; at the top level quit", "quit";
        "redraw" Action::Redraw, [ctrl('l')], "draw the screen anew", "";
        "suspend" Action::Suspend, [ctrl('z')], "suspend to the shell", "";
        "interrupt" Action::Interrupt, [ctrl('c')], "stop what runs, else quit", "";
    Input:
        "input.accept" Action::Open, [one(Key::Enter)], "go on", "go on";
        "input.leave" Action::Back, [one(Key::Esc)], "clear the line, then leave it", "clear";
        "input.down" Action::Down, [one(Key::Down)], "into the list below, next line", "list";
        "input.up" Action::Up, [one(Key::Up)], "previous line", "";
        "input.next" Action::NextPane, [one(Key::Tab)], "next pane", "";
        "input.previous" Action::PreviousPane, [one(Key::BackTab)], "previous pane", "";
        "input.half_down" Action::HalfDown, [one(Key::PageDown)], "half a page down", "";
        "input.half_up" Action::HalfUp, [one(Key::PageUp)], "half a page up", "";
        "input.searches" Action::Searches, [ctrl('r')], "earlier searches", "";
        "input.save" Action::SaveSearch, [ctrl('s')], "save this search under a name", "";
        "input.help" Action::Help, [one(Key::F1)], "keys and commands of this place", "help";
        "input.palette" Action::Palette, [ctrl('p')], "all commands", "commands";
        "input.redraw" Action::Redraw, [ctrl('l')], "draw the screen anew", "";
        "input.suspend" Action::Suspend, [ctrl('z')], "suspend to the shell", "";
        "input.interrupt" Action::Interrupt, [ctrl('c')], "stop what runs, else quit", "";
        "edit.left" Action::Edit(Edit::Left), [one(Key::Left)], "a character left", "";
        "edit.right" Action::Edit(Edit::Right), [one(Key::Right)], "a character right", "";
        "edit.word_left" Action::Edit(Edit::WordLeft), [alt('b')], "a word left", "";
        "edit.word_right" Action::Edit(Edit::WordRight), [alt('f')], "a word right", "";
        "edit.home" Action::Edit(Edit::Home), [ctrl('a'), one(Key::Home)], "start of the line", "";
        "edit.end" Action::Edit(Edit::End), [ctrl('e'), one(Key::End)], "end of the line", "";
        "edit.backspace" Action::Edit(Edit::Backspace), [one(Key::Backspace), ctrl('h')], "delete before the cursor", "";
        "edit.delete" Action::Edit(Edit::Delete), [one(Key::Delete), ctrl('d')], "delete at the cursor", "";
        "edit.cut_word" Action::Edit(Edit::CutWord), [ctrl('w')], "delete the word before the cursor", "";
        "edit.cut_line" Action::Edit(Edit::CutLine), [ctrl('u')], "delete the line", "";
    Confirm:
        "confirm.yes" Action::Yes, [key('y'), key('Y')], "yes", "";
        "confirm.keep" Action::Keep, [key('k')], "stop, and keep what is in", "";
        "confirm.undo" Action::Undo, [key('r')], "roll back, or take the older out", "";
        "confirm.no" Action::Back, [key('n'), key('N'), key('q'), one(Key::Esc), one(Key::Enter)], "no", "no";
        "confirm.interrupt" Action::Interrupt, [ctrl('c')], "no, and stop what runs", "";
}
