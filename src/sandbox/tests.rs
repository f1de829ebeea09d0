use super::*;
use std::io::{self, ErrorKind};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::Command;

/// On a thread of its own, since nothing given up comes back.
fn inside<T: Send>(writable: Option<&[PathBuf]>, act: impl FnOnce(Sandbox) -> T + Send) -> T {
    std::thread::scope(|scope| scope.spawn(|| act(Sandbox::enter(writable))).join().expect("no panic"))
}

/// What an import does: a file grows in one folder and is moved to another.
fn written_and_moved(folder: &Path) -> io::Result<()> {
    let (before, after) = (folder.join("before"), folder.join("after"));
    std::fs::create_dir(&before)?;
    std::fs::create_dir(&after)?;
    std::fs::write(before.join("file"), "x")?;
    std::fs::rename(before.join("file"), after.join("file"))
}

#[test]
fn connections_and_programs_are_given_up_and_own_folders_stay_writable() {
    let (own, foreign) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let folders = [own.path().join("not/there/yet")];
    let done = inside(Some(&folders), |sandbox| {
        let connected = TcpStream::connect(("127.0.0.1", port)).map(drop).map_err(|error| error.kind());
        let started = Command::new("/bin/true").status().map(drop).map_err(|error| error.kind());
        let write = |folder: &Path| {
            std::fs::create_dir_all(folder).and_then(|()| written_and_moved(folder)).map_err(|error| error.kind())
        };
        (sandbox, connected, started, write(&folders[0]), write(foreign.path()))
    });
    let denied = Err(ErrorKind::PermissionDenied);
    match done.0 {
        Sandbox::On { writes: true, old: false } => {
            assert_eq!((done.1, done.2, done.3, done.4), (denied, denied, Ok(()), denied));
        }
        Sandbox::On { writes: true, old: true } => assert_eq!((done.2, done.3, done.4), (denied, Ok(()), denied)),
        Sandbox::On { writes: false, .. } => panic!("writing was to be given up"),
        Sandbox::Off(why) => assert_eq!(why, "this kernel has no Landlock"),
    }
}

#[test]
fn where_the_person_chooses_the_folder_writing_is_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let written = inside(None, |_| written_and_moved(folder.path()).map_err(|error| error.kind()));
    assert_eq!(written, Ok(()));
}
