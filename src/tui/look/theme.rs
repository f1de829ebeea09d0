//! The themes. Each gives a style for what a piece of text is; those with colours of their own also colour the ground.

use super::Role;
use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier, Style};

/// A theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Ink {
    /// The terminal's own sixteen colours: right on light and dark ground.
    #[default]
    Colour,
    HighContrast,
    /// Colours that people who see few of them can tell apart (Okabe and Ito 2008).
    OkabeIto,
    /// Bold, reverse, underline only.
    Mono,
    /// Catppuccin's light theme.
    Latte,
    /// Catppuccin's dark theme.
    Mocha,
}

/// The colours of a theme.
#[derive(Debug, Clone, Copy)]
struct Palette {
    /// Ground and text; `None`: the terminal's own.
    ground: Option<(Color, Color)>,
    dim: Color,
    title: Color,
    special: Color,
    problem: Color,
    good: Color,
    /// Shades of a heat map, little to much.
    heat: [Color; 4],
}

const fn rgb(hex: u32) -> Color {
    Color::Rgb((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
}

const TERMINAL: Palette = Palette {
    ground: None,
    dim: Color::DarkGray,
    title: Color::Cyan,
    special: Color::Magenta,
    problem: Color::Red,
    good: Color::Green,
    heat: [Color::Blue, Color::Cyan, Color::Yellow, Color::Red],
};

const HIGH_CONTRAST: Palette = Palette {
    ground: Some((rgb(0x00_0000), rgb(0xff_ffff))),
    dim: rgb(0xd0_d0d0),
    title: rgb(0xff_ff00),
    special: rgb(0xff_b0ff),
    problem: rgb(0xff_a0a0),
    good: rgb(0x80_ff80),
    heat: [rgb(0xa0_c8ff), rgb(0x80_ffff), rgb(0xff_ff00), rgb(0xff_a0a0)],
};

/// On a dark ground; the blue of the set is too dark for it, so the sky blue stands for it.
const OKABE_ITO: Palette = Palette {
    ground: Some((rgb(0x10_1418), rgb(0xf4_f4f4))),
    dim: rgb(0xa8_b0b8),
    title: rgb(0x56_b4e9),
    special: rgb(0xcc_79a7),
    problem: rgb(0xe6_9f00),
    good: rgb(0x00_9e73),
    heat: [rgb(0x56_b4e9), rgb(0x00_9e73), rgb(0xf0_e442), rgb(0xe6_9f00)],
};

/// Colours of text darkened where Catppuccin's own are too pale on its ground: 4.5 to 1 is what WCAG asks for.
const LATTE: Palette = Palette {
    ground: Some((rgb(0xef_f1f5), rgb(0x4c_4f69))),
    dim: rgb(0x5c_5f77),
    title: rgb(0x1a_57d6),
    special: rgb(0x80_32d8),
    problem: rgb(0xc0_0d35),
    good: rgb(0x2c_731e),
    heat: [rgb(0x1a_57d6), rgb(0x0e_6c72), rgb(0x8f_5a0c), rgb(0xc0_0d35)],
};

const MOCHA: Palette = Palette {
    ground: Some((rgb(0x1e_1e2e), rgb(0xcd_d6f4))),
    dim: rgb(0xa6_adc8),
    title: rgb(0x89_b4fa),
    special: rgb(0xcb_a6f7),
    problem: rgb(0xf3_8ba8),
    good: rgb(0xa6_e3a1),
    heat: [rgb(0x89_b4fa), rgb(0x94_e2d5), rgb(0xf9_e2af), rgb(0xf3_8ba8)],
};

impl Ink {
    pub const ALL: [Self; 6] = [Self::Colour, Self::HighContrast, Self::OkabeIto, Self::Mono, Self::Latte, Self::Mocha];

    /// As it is written in the settings.
    pub fn id(self) -> &'static str {
        match self {
            Self::Colour => "default",
            Self::HighContrast => "high-contrast",
            Self::OkabeIto => "okabe-ito",
            Self::Mono => "mono",
            Self::Latte => "catppuccin-latte",
            Self::Mocha => "catppuccin-mocha",
        }
    }

    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ink| ink.id() == id)
    }

    fn palette(self) -> Option<Palette> {
        match self {
            Self::Mono => None,
            Self::Colour => Some(TERMINAL),
            Self::HighContrast => Some(HIGH_CONTRAST),
            Self::OkabeIto => Some(OKABE_ITO),
            Self::Latte => Some(LATTE),
            Self::Mocha => Some(MOCHA),
        }
    }

    pub fn style(self, role: Role) -> Style {
        let plain = Style::new();
        let bold = plain.add_modifier(Modifier::BOLD);
        let style = match role {
            Role::Text | Role::Border | Role::Dim | Role::Good | Role::Heat(..4) => plain,
            Role::Strong
            | Role::Rest
            | Role::Title
            | Role::FocusBorder
            | Role::Special
            | Role::Problem
            | Role::Heat(_) => bold,
            Role::Cursor => plain.add_modifier(Modifier::REVERSED),
            Role::Match => bold.add_modifier(Modifier::REVERSED),
        };
        match self.palette().and_then(|palette| palette.of(role)) {
            Some(colour) => style.fg(colour),
            None => style,
        }
    }

    /// Colours what no role has coloured, over the whole finished frame.
    pub fn fill(self, buffer: &mut Buffer) {
        let Some((ground, text)) = self.palette().and_then(|palette| palette.ground) else { return };
        for cell in &mut buffer.content {
            if cell.bg == Color::Reset {
                cell.bg = ground;
            }
            if cell.fg == Color::Reset {
                cell.fg = text;
            }
        }
    }
}

impl Palette {
    fn of(&self, role: Role) -> Option<Color> {
        Some(match role {
            Role::Text | Role::Border | Role::Strong | Role::Rest | Role::Cursor | Role::Match => return None,
            Role::Dim => self.dim,
            Role::Title | Role::FocusBorder => self.title,
            Role::Special => self.special,
            Role::Problem => self.problem,
            Role::Good => self.good,
            Role::Heat(shade) => self.heat[usize::from(shade.clamp(1, 4)) - 1],
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROLES: [Role; 16] = [
        Role::Text,
        Role::Dim,
        Role::Strong,
        Role::Title,
        Role::Cursor,
        Role::Rest,
        Role::Match,
        Role::Special,
        Role::Problem,
        Role::Good,
        Role::Border,
        Role::FocusBorder,
        Role::Heat(1),
        Role::Heat(2),
        Role::Heat(3),
        Role::Heat(4),
    ];

    /// Relative luminance, as WCAG 2 defines it.
    fn luminance(colour: Color) -> Option<f64> {
        let Color::Rgb(red, green, blue) = colour else { return None };
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        Some(0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue))
    }

    fn contrast(one: Color, other: Color) -> f64 {
        let [one, other] = [one, other].map(|colour| luminance(colour).expect("a colour of the theme's own"));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn contrast_is_measured_as_wcag_does() {
        assert!((contrast(rgb(0x00_0000), rgb(0xff_ffff)) - 21.0).abs() < 1e-9);
        assert!((contrast(rgb(0x77_7777), rgb(0xff_ffff)) - 4.478).abs() < 1e-3);
    }

    #[test]
    fn every_text_of_a_theme_with_its_own_colours_stands_out_from_the_ground() {
        for ink in Ink::ALL {
            let Some((ground, text)) = ink.palette().and_then(|palette| palette.ground) else { continue };
            let least = if ink == Ink::HighContrast { 7.0 } else { 4.5 };
            for role in ROLES {
                let ratio = contrast(ink.style(role).fg.unwrap_or(text), ground);
                assert!(ratio >= least, "{} {role:?}: {ratio:.2} to 1", ink.id());
            }
        }
    }

    #[test]
    fn mono_uses_no_colour_at_all() {
        for role in ROLES {
            let style = Ink::Mono.style(role);
            assert_eq!((style.fg, style.bg), (None, None), "{role:?}");
        }
    }

    #[test]
    fn every_theme_is_found_by_its_name() {
        for ink in Ink::ALL {
            assert_eq!(Ink::from_id(ink.id()), Some(ink));
        }
        assert_eq!(Ink::from_id("solarized"), None);
    }

    #[test]
    fn the_ground_is_coloured_only_by_themes_that_have_one() {
        let painted = |ink: Ink| {
            let mut buffer = Buffer::empty(ratatui::layout::Rect::new(0, 0, 1, 1));
            ink.fill(&mut buffer);
            buffer.content[0].bg
        };
        assert_eq!(painted(Ink::Colour), Color::Reset);
        assert_eq!(painted(Ink::Mono), Color::Reset);
        assert_eq!(painted(Ink::Mocha), rgb(0x1e_1e2e));
    }
}
