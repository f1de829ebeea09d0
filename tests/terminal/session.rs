//! A run of the program in a pseudo-terminal of its own, with a home, an index and a temporary folder of its own.

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use std::fs;
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// When a test gives up. Long, since the machine may be busy; a test that passes never waits for it.
const PATIENCE: Duration = Duration::from_secs(90);

/// Samples of three companies and an unknown one, of which every record is counted here.
pub fn samples() -> PathBuf {
    static MADE: OnceLock<PathBuf> = OnceLock::new();
    let make = || {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("terminal-samples");
        tellall::sample::make(&folder).expect("the samples are made");
        folder
    };
    MADE.get_or_init(make).clone()
}

/// Folders that a run may use; gone with it.
pub struct Place(TempDir);

impl Place {
    pub fn new() -> Self {
        let place = Self(tempfile::tempdir().unwrap());
        for folder in ["home", "tmp"] {
            fs::create_dir(place.path(folder)).unwrap();
        }
        place
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// A file of this place with these contents.
    pub fn file(&self, name: &str, contents: &str) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, contents).unwrap();
        path
    }

    /// Names of what is in the temporary folder.
    pub fn left_in_tmp(&self) -> Vec<String> {
        let entries = fs::read_dir(self.path("tmp")).unwrap();
        entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect()
    }
}

/// What the terminal has seen so far.
struct Seen {
    terminal: vt100::Parser,
    bytes: Vec<u8>,
    /// No more bytes will come.
    closed: bool,
    status: Option<ExitStatus>,
}

impl Seen {
    /// No frame is under way: what shows is what the program meant to show.
    fn is_whole(&self) -> bool {
        let last = |mark: &[u8]| memchr::memmem::rfind(&self.bytes, mark);
        last(b"\x1b[?2026h") <= last(b"\x1b[?2026l")
    }
}

/// The program, running, and somebody at its terminal.
pub struct Session {
    seen: Arc<(Mutex<Seen>, Condvar)>,
    master: Box<dyn MasterPty + Send>,
    writer: Box<dyn Write + Send>,
    deaf: Arc<AtomicBool>,
    reader: JoinHandle<()>,
    process: u32,
}

impl Session {
    /// `tellall --index … ARGS` at a terminal of columns × rows.
    pub fn start(place: &Place, args: &[&str], size: (u16, u16)) -> Self {
        Self::start_as(place, args, size, "xterm-256color")
    }

    pub fn start_as(place: &Place, args: &[&str], size: (u16, u16), term: &str) -> Self {
        Self::run(&command(place, args, term), size)
    }

    /// The same with variables of the environment and no arguments.
    pub fn start_with(place: &Place, variables: &[(&str, &str)], size: (u16, u16)) -> Self {
        let mut command = command(place, &[], "xterm-256color");
        for (name, value) in variables {
            command.env(name, value);
        }
        Self::run(&command, size)
    }

    fn run(command: &CommandBuilder, size: (u16, u16)) -> Self {
        let pair = native_pty_system().openpty(pty_size(size)).unwrap();
        let child = pair.slave.spawn_command(command.clone()).unwrap();
        drop(pair.slave);
        let terminal = vt100::Parser::new(rows(size), columns(size), 1000);
        let seen = Seen { terminal, bytes: Vec::new(), closed: false, status: None };
        let seen = Arc::new((Mutex::new(seen), Condvar::new()));
        let deaf = Arc::new(AtomicBool::new(false));
        let process = child.process_id().unwrap();
        let reader = listen(pair.master.try_clone_reader().unwrap(), &seen, &deaf);
        wait_for_end(child, &seen);
        let writer = pair.master.take_writer().unwrap();
        Self { seen, master: pair.master, writer, deaf, reader, process }
    }

    /// Types; one string may be several keys.
    pub fn send(&mut self, keys: &str) -> &mut Self {
        self.writer.write_all(keys.as_bytes()).unwrap();
        self.writer.flush().unwrap();
        self
    }

    /// Waits until the screen shows all of these texts, and gives the screen.
    pub fn shows(&self, texts: &[&str]) -> String {
        let shown = |seen: &Seen| {
            let screen = seen.terminal.screen().contents();
            texts.iter().all(|text| screen.contains(text))
        };
        self.wait(&format!("{texts:?} on the screen"), shown);
        self.screen()
    }

    /// Waits until the real cursor is in a line that contains this.
    pub fn has_cursor_at(&self, text: &str) -> &Self {
        self.wait(&format!("the cursor at {text:?}"), |seen| cursor_line(seen).contains(text))
    }

    /// Waits until the alternate screen is on or off.
    pub fn is_on_its_own_screen(&self, on: bool) -> &Self {
        self.wait(&format!("the alternate screen: {on}"), |seen| seen.terminal.screen().alternate_screen() == on)
    }

    /// Waits until the program has the mouse, or has it no more.
    pub fn has_mouse(&mut self, on: bool) -> &mut Self {
        let is_on = |seen: &Seen| seen.terminal.screen().mouse_protocol_mode() != vt100::MouseProtocolMode::None;
        self.wait(&format!("the mouse: {on}"), |seen| is_on(seen) == on);
        self
    }

    /// Waits for the end, which must come this soon.
    pub fn ends_within(&self, limit: Duration) -> ExitStatus {
        let begun = Instant::now();
        self.wait("the end", |seen| seen.status.is_some() && seen.closed);
        assert!(begun.elapsed() < limit, "ended, but after {:?}", begun.elapsed());
        self.seen.0.lock().unwrap().status.clone().unwrap()
    }

    pub fn ends(&self) -> ExitStatus {
        self.ends_within(PATIENCE)
    }

    fn wait(&self, what: &str, is_so: impl Fn(&Seen) -> bool) -> &Self {
        let (seen, changed) = &*self.seen;
        let guard = seen.lock().unwrap();
        let (guard, time) =
            changed.wait_timeout_while(guard, PATIENCE, |seen| !seen.is_whole() || !is_so(seen)).unwrap();
        let (screen, status) = (guard.terminal.screen().contents(), guard.status.clone());
        drop(guard);
        assert!(!time.timed_out(), "waited in vain for {what}; exit status {status:?}, screen:\n{screen}");
        self
    }

    pub fn screen(&self) -> String {
        self.seen.0.lock().unwrap().terminal.screen().contents()
    }

    /// Everything the program has written.
    pub fn bytes(&self) -> Vec<u8> {
        self.seen.0.lock().unwrap().bytes.clone()
    }

    pub fn resize(&mut self, size: (u16, u16)) -> &mut Self {
        self.seen.0.lock().unwrap().terminal.screen_mut().set_size(rows(size), columns(size));
        self.master.resize(pty_size(size)).unwrap();
        self
    }

    /// Settings of the terminal driver: echo, line mode and so on.
    pub fn settings(&self) -> String {
        format!("{:?}", self.master.get_termios().unwrap())
    }

    /// Sends a signal by its name.
    pub fn signal(&self, name: &str) -> &Self {
        let sent = Command::new("kill").args(["-s", name, &self.process.to_string()]).status().unwrap();
        assert!(sent.success(), "kill -s {name}");
        self
    }

    /// Waits until the process is stopped, as by Ctrl-Z.
    pub fn is_stopped(&self) -> &Self {
        let begun = Instant::now();
        while !self.state().starts_with('T') {
            assert!(begun.elapsed() < PATIENCE, "the process goes on: {:?}", self.state());
            thread::yield_now();
        }
        self
    }

    fn state(&self) -> String {
        let told = Command::new("ps").args(["-o", "stat=", "-p", &self.process.to_string()]).output().unwrap();
        String::from_utf8(told.stdout).unwrap().trim().to_owned()
    }

    /// The folder of the index that must not stay, as the open files of the process tell it.
    pub fn temporary_index(&self) -> PathBuf {
        let told = Command::new("ls").args(["-l", &format!("/proc/{}/fd", self.process)]).output().unwrap();
        let told = String::from_utf8_lossy(&told.stdout).into_owned();
        let alive =
            told.split_whitespace().find(|word| word.contains("tellall-ephemeral-")).expect("a temporary index");
        let inside = Path::new(alive);
        let base = inside
            .ancestors()
            .find(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("tellall-ephemeral-")));
        base.unwrap().to_owned()
    }

    /// Closes the terminal, as a lost connection does, and waits for the end of the process.
    pub fn hang_up(mut self) -> Ended {
        // The reader holds the terminal open too, and lets go of it at the next bytes.
        self.deaf.store(true, Ordering::SeqCst);
        self.send("?");
        self.reader.join().unwrap();
        drop(self.writer);
        drop(self.master);
        Ended { seen: self.seen, begun: Instant::now() }
    }

    /// The terminal as a shell needs it: main screen, cursor shown, no mouse, no bracketed paste; nothing written on it.
    pub fn is_restored(&self) {
        self.is_given_back();
        let seen = self.seen.0.lock().unwrap();
        let screen = seen.terminal.screen();
        assert_eq!(screen.contents().trim(), "", "something is left on the main screen");
        assert_eq!(screen.scrollback_len(), 0, "something was scrolled off the main screen");
    }

    /// The same, whatever is written on it.
    pub fn is_given_back(&self) {
        let seen = self.seen.0.lock().unwrap();
        let screen = seen.terminal.screen();
        assert!(!screen.alternate_screen(), "still on the alternate screen");
        assert!(!screen.hide_cursor(), "the cursor is hidden");
        assert!(!screen.bracketed_paste(), "bracketed paste is on");
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
    }
}

/// A session whose terminal is gone.
pub struct Ended {
    seen: Arc<(Mutex<Seen>, Condvar)>,
    begun: Instant,
}

impl Ended {
    /// Waits for the end of the process, which must come this soon after its terminal went.
    pub fn within(&self, limit: Duration) -> ExitStatus {
        let (seen, changed) = &*self.seen;
        let guard = seen.lock().unwrap();
        let (guard, _) = changed.wait_timeout_while(guard, PATIENCE, |seen| seen.status.is_none()).unwrap();
        assert!(self.begun.elapsed() < limit, "ended, but after {:?}", self.begun.elapsed());
        guard.status.clone().expect("the process ends when its terminal is gone")
    }
}

fn command(place: &Place, args: &[&str], term: &str) -> CommandBuilder {
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_tellall"));
    for name in
        ["NO_COLOR", "TELLALL_REDUCED_MOTION", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DOWNLOAD_DIR"]
    {
        command.env_remove(name);
    }
    // What the terminal is told by these: nobody at the keyboard of a test has one.
    for name in ["TERM_PROGRAM", "WT_SESSION", "ConEmuANSI", "VTE_VERSION", "KONSOLE_VERSION", "MLTERM", "TMUX", "STY"]
    {
        command.env_remove(name);
    }
    command.env("TERM", term);
    command.env("HOME", place.path("home"));
    command.env("TMPDIR", place.path("tmp"));
    command.env("TELLALL_INDEX", place.path("index"));
    command.cwd(place.path("home"));
    command.args(args);
    command
}

fn listen(
    mut from: Box<dyn Read + Send>,
    seen: &Arc<(Mutex<Seen>, Condvar)>,
    deaf: &Arc<AtomicBool>,
) -> JoinHandle<()> {
    let (seen, deaf) = (Arc::clone(seen), Arc::clone(deaf));
    thread::spawn(move || {
        let mut buffer = [0; 4096];
        // A terminal whose program ended is an error here, not an empty read.
        while let Ok(count @ 1..) = from.read(&mut buffer) {
            if deaf.load(Ordering::SeqCst) {
                return;
            }
            tell(&seen, |seen| {
                seen.bytes.extend_from_slice(&buffer[..count]);
                seen.terminal.process(&buffer[..count]);
            });
        }
        tell(&seen, |seen| seen.closed = true);
    })
}

fn wait_for_end(mut child: Box<dyn Child + Send + Sync>, seen: &Arc<(Mutex<Seen>, Condvar)>) {
    let seen = Arc::clone(seen);
    thread::spawn(move || {
        let status = child.wait().unwrap();
        tell(&seen, |seen| seen.status = Some(status));
    });
}

fn tell(seen: &(Mutex<Seen>, Condvar), change: impl FnOnce(&mut Seen)) {
    change(&mut seen.0.lock().unwrap());
    seen.1.notify_all();
}

fn cursor_line(seen: &Seen) -> String {
    let screen = seen.terminal.screen();
    let (row, _) = screen.cursor_position();
    let (_, columns) = screen.size();
    screen.rows(0, columns.get()).nth(row.into()).unwrap_or_default()
}

fn pty_size((cols, rows): (u16, u16)) -> PtySize {
    PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }
}

fn rows(size: (u16, u16)) -> NonZeroU16 {
    NonZeroU16::new(size.1).unwrap()
}

fn columns(size: (u16, u16)) -> NonZeroU16 {
    NonZeroU16::new(size.0).unwrap()
}
