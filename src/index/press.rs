//! The last step of a batch: folded, put in order, written. A thread of its own does it while a giant entry is decoded, which
//! leaves the other cores nothing else to do.

use super::columns::Filling;
use super::private;
use super::records::{self, RecordsFile};
use super::store::{StoreError, io_of};
use super::writer::Shared;
use crossbeam_channel::{Receiver, Sender, TrySendError, bounded};
use std::fs::File;
use std::io::{self, BufWriter};
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// Bytes between a batch and the disk.
const BUFFER: usize = 1 << 18;

/// A worker's file of records, and its number.
pub type Open = (u32, RecordsFile<BufWriter<File>>);

/// A full batch, on its way into the file of its worker.
#[derive(Debug)]
pub struct Full {
    pub filling: Filling,
    /// `None` before the first batch.
    pub file: Option<Open>,
    pub shared: Arc<Shared>,
}

/// What comes back: the filling is empty, and can be filled again.
#[derive(Debug)]
pub struct Pressed {
    pub filling: Filling,
    pub file: Option<Open>,
    pub error: Option<StoreError>,
}

impl Full {
    pub fn press(self) -> Pressed {
        let Self { mut filling, mut file, shared } = self;
        let size = filling.size();
        let error = write(&mut filling, &mut file, &shared).err().map(|error| shared.failed(error, size));
        Pressed { filling, file, error }
    }
}

fn write(filling: &mut Filling, file: &mut Option<Open>, shared: &Shared) -> io::Result<()> {
    let (batch, facts) = filling.take().map_err(io_of)?;
    let (_, file) = match file {
        Some(file) => file,
        None => file.insert(open(shared)?),
    };
    file.write(&batch, facts).map_err(io_of)
}

fn open(shared: &Shared) -> io::Result<Open> {
    let number = shared.files.fetch_add(1, Ordering::Relaxed);
    let file = private::create(&shared.dir.join(records::file_name(number)))?;
    let file = RecordsFile::begin(BufWriter::with_capacity(BUFFER, file)).map_err(io_of)?;
    Ok((number, file))
}

/// A thread that presses one batch at a time, for all workers. It ends with the last who holds it.
#[derive(Debug, Clone)]
pub struct Press(Sender<(Box<Full>, Sender<Pressed>)>);

impl Press {
    pub fn start() -> io::Result<Self> {
        let (send, receive) = bounded::<(Box<Full>, Sender<Pressed>)>(0);
        let work = move || {
            for (full, back) in receive {
                // A worker that is gone wants nothing back: its segment is not committed.
                let _ = back.send(full.press());
            }
        };
        std::thread::Builder::new().name("tellall-press".to_owned()).spawn(work)?;
        Ok(Self(send))
    }

    /// Hands a batch over; it comes out of the channel. Given back if another batch is being pressed.
    pub fn take(&self, full: Box<Full>) -> Result<Receiver<Pressed>, Box<Full>> {
        let (back, receive) = bounded(1);
        match self.0.try_send((full, back)) {
            Ok(()) => Ok(receive),
            Err(TrySendError::Full((full, _)) | TrySendError::Disconnected((full, _))) => Err(full),
        }
    }
}
