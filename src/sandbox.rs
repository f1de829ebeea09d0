//! What the process gives up at the start, for itself and all its threads, so that a bug in a decoder cannot do it either: TCP
//! connections, starting programs, and writing anywhere but its own folders. Linux does this by Landlock.

use std::path::PathBuf;

/// What was given up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sandbox {
    /// `writes`: writing outside its own folders too. `old`: the kernel knows only part of this.
    On { writes: bool, old: bool },
    /// Nothing, and why.
    Off(String),
}

impl Sandbox {
    pub fn off(why: impl Into<String>) -> Self {
        Self::Off(why.into())
    }

    /// Gives it up, for good. `writable`: the only folders that are written to, whether they are there yet or not; `None` if
    /// nobody knows them, since the person chooses.
    #[cfg(target_os = "linux")]
    pub fn enter(writable: Option<&[PathBuf]>) -> Self {
        use landlock::{RestrictionStatus, RulesetStatus};
        match linux::restrict(writable) {
            Ok(RestrictionStatus { ruleset: RulesetStatus::NotEnforced, .. }) => {
                Self::off("this kernel has no Landlock")
            }
            Ok(RestrictionStatus { ruleset, .. }) => {
                Self::On { writes: writable.is_some(), old: ruleset == RulesetStatus::PartiallyEnforced }
            }
            Err(error) => Self::off(format!("Landlock refused: {error}")),
        }
    }

    #[cfg(not(target_os = "linux"))]
    pub fn enter(_: Option<&[PathBuf]>) -> Self {
        Self::off("only Linux has one that we use")
    }
}

#[cfg(target_os = "linux")]
mod linux {
    use landlock::{
        ABI, Access, AccessFs, AccessNet, CompatLevel, Compatible, RestrictionStatus, Ruleset, RulesetAttr,
        RulesetCreatedAttr, RulesetError, path_beneath_rules,
    };
    use std::path::{Path, PathBuf};

    /// The first version that knows TCP.
    const KNOWN: ABI = ABI::V4;

    pub fn restrict(writable: Option<&[PathBuf]>) -> Result<RestrictionStatus, RulesetError> {
        let writes = AccessFs::from_write(KNOWN);
        // Moving from folder to folder is given up with anything else, unless it is allowed by name.
        let allowed = if writable.is_some() { writes } else { AccessFs::Refer.into() };
        let ruleset = Ruleset::default()
            .set_compatibility(CompatLevel::BestEffort)
            .handle_access(AccessNet::from_all(KNOWN))?
            .handle_access(allowed | AccessFs::Execute)?
            .create()?;
        let everywhere = [PathBuf::from("/")];
        let folders = writable.unwrap_or(&everywhere).iter().filter_map(|path| there(path));
        ruleset.add_rules(path_beneath_rules(folders, allowed))?.restrict_self()
    }

    /// The folder, or the nearest above it that is there.
    fn there(folder: &Path) -> Option<&Path> {
        folder.ancestors().find(|folder| folder.is_dir())
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests;
