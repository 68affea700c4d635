//! Exact numbers: decimals for what the text says, fractions for what units are worth.

pub use rust_decimal::Decimal;

/// The decimal that the digits of `text` spell (`6.20` keeps its value, not its zeros); `None` where it is no plain
/// decimal or needs more than 28 digits.
pub fn parse(text: &str) -> Option<Decimal> {
    Decimal::from_str_exact(text).ok()
}

/// Ten to the power of `exponent`, up to 28.
pub fn power_of_ten(exponent: u32) -> Option<Decimal> {
    10i128.checked_pow(exponent).and_then(|n| Decimal::try_from_i128_with_scale(n, 0).ok())
}

/// The value as plain digits: no exponent, no trailing zeros, no minus before zero.
pub fn plain(value: Decimal) -> String {
    let value = value.normalize();
    if value.is_zero() { "0".to_owned() } else { value.to_string() }
}

/// A fraction of whole numbers, in lowest terms, with a positive denominator: what a unit is worth in its base unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ratio {
    over: i128,
    under: i128,
}

impl Ratio {
    /// One.
    pub const ONE: Ratio = Ratio { over: 1, under: 1 };
    /// Zero.
    pub const ZERO: Ratio = Ratio { over: 0, under: 1 };

    /// `over / under` in lowest terms; `None` where `under` is zero.
    pub fn new(over: i128, under: i128) -> Option<Ratio> {
        if under == 0 {
            return None;
        }
        let divisor = gcd(over.unsigned_abs(), under.unsigned_abs()) as i128;
        let divisor = if under < 0 { -divisor } else { divisor };
        Some(Ratio { over: over / divisor, under: under / divisor })
    }

    /// Reads `2000/3`, `0.3048`, `1000`.
    pub fn parse(text: &str) -> Option<Ratio> {
        match text.split_once('/') {
            Some((over, under)) => Ratio::decimal(over)?.divide(Ratio::decimal(under)?),
            None => Ratio::decimal(text),
        }
    }

    fn decimal(text: &str) -> Option<Ratio> {
        let value = parse(text.trim())?;
        Ratio::new(value.mantissa(), 10i128.checked_pow(value.scale())?)
    }

    /// The product; `None` past 128 bits.
    pub fn multiply(self, other: Ratio) -> Option<Ratio> {
        let a = Ratio::new(self.over, other.under)?;
        let b = Ratio::new(other.over, self.under)?;
        Ratio::new(a.over.checked_mul(b.over)?, a.under.checked_mul(b.under)?)
    }

    /// The quotient; `None` where `other` is zero or past 128 bits.
    pub fn divide(self, other: Ratio) -> Option<Ratio> {
        self.multiply(Ratio::new(other.under, other.over)?)
    }

    /// The sum; `None` past 128 bits.
    pub fn plus(self, other: Ratio) -> Option<Ratio> {
        let over = self.over.checked_mul(other.under)?.checked_add(other.over.checked_mul(self.under)?)?;
        Ratio::new(over, self.under.checked_mul(other.under)?)
    }

    /// True for a value that is exactly zero.
    pub fn is_zero(self) -> bool {
        self.over == 0
    }

    /// `value * self`, exact where it ends, else rounded to 28 digits; `None` where it is too large.
    pub fn of(self, value: Decimal) -> Option<Decimal> {
        self.short_times(value).or_else(|| self.any_times(value))
    }

    /// The product where all of its digits have room in 64 bits and the fraction ends: nearly all units are worth a whole number or a
    /// hundredth.
    fn short_times(self, value: Decimal) -> Option<Decimal> {
        let (over, under) = (i64::try_from(self.over).ok()?, i64::try_from(self.under).ok()?);
        // 2/25 is 8/100
        let (places, tenths) = (0..).zip(POWERS).find(|(_, power)| power % under == 0).map(|(places, power)| (places, power / under))?;
        let product = i64::try_from(value.mantissa()).ok()?.checked_mul(over)?.checked_mul(tenths)?;
        let (mantissa, scale) = without_zeros(product, value.scale() + places);
        (scale <= Decimal::MAX_SCALE).then(|| Decimal::new(mantissa, scale))
    }

    fn any_times(self, value: Decimal) -> Option<Decimal> {
        let mantissa = value.mantissa();
        // nearly all units are worth a whole number
        if self.under == 1
            && let Some(product) = mantissa.checked_mul(self.over)
            && let Ok(exact) = Decimal::try_from_i128_with_scale(product, value.scale())
        {
            return Some(exact.normalize());
        }
        let scale = 10i128.checked_pow(value.scale())?;
        let product = Ratio::new(mantissa, 1)?.multiply(self)?.divide(Ratio::new(scale, 1)?)?;
        product.to_decimal()
    }

    /// The fraction as a decimal, rounded to 28 digits where it does not end.
    pub fn to_decimal(self) -> Option<Decimal> {
        let (mut over, mut under) = (self.over, self.under);
        let whole = Decimal::try_from_i128_with_scale(over / under, 0).ok()?;
        over %= under;
        // more digits than a decimal holds: the last ones do not show in the quotient
        while Decimal::try_from_i128_with_scale(under, 0).is_err() {
            (over, under) = (over / 10, under / 10);
        }
        let over = Decimal::try_from_i128_with_scale(over, 0).ok()?;
        let under = Decimal::try_from_i128_with_scale(under, 0).ok()?;
        whole.checked_add(over.checked_div(under)?)
    }
}

fn gcd(a: u128, b: u128) -> u128 {
    if b == 0 { a.max(1) } else { gcd(b, a % b) }
}

/// The powers of ten that the denominators of units divide, from one.
const POWERS: [i64; 7] = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000];

/// The same number without zeros at the end of its decimals.
fn without_zeros(mantissa: i64, scale: u32) -> (i64, u32) {
    let (mut mantissa, mut scale) = if mantissa == 0 { (0, 0) } else { (mantissa, scale) };
    while scale > 0 && mantissa % 10 == 0 {
        (mantissa, scale) = (mantissa / 10, scale - 1);
    }
    (mantissa, scale)
}

/// The plain digits of a number of up to 64 bits.
fn short_plain(mantissa: i64, scale: u32) -> String {
    let (mantissa, scale) = without_zeros(mantissa, scale);
    let mut digits = mantissa.unsigned_abs().to_string();
    if scale > 0 {
        let scale = scale as usize;
        // 5 with two places is 0.05
        digits.insert_str(0, &"0".repeat((scale + 1).saturating_sub(digits.len())));
        digits.insert(digits.len() - scale, '.');
    }
    if mantissa < 0 {
        digits.insert(0, '-');
    }
    digits
}

/// `value` as plain digits with at most 12 significant digits where its decimals do not end within 20 digits.
pub fn rounded(value: Decimal) -> String {
    // so few digits need no rounding, and 28 places are all that there are
    if let Ok(mantissa) = i64::try_from(value.mantissa())
        && value.scale() < Decimal::MAX_SCALE
    {
        return short_plain(mantissa, value.scale());
    }
    let value = value.normalize();
    let digits = value.mantissa().unsigned_abs().checked_ilog10().map_or(1, |below| below + 1);
    // 28 places are all that there are, so a value with so many may have had more
    let ends = digits <= 20 && value.scale() < 28;
    if ends || value.scale() == 0 { plain(value) } else { plain(value.round_sf(12).unwrap_or(value)) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn fractions_are_exact() {
        let mu = Ratio::parse("2000/3").expect("a fraction");
        assert_eq!(mu.of(Decimal::from(3)).map(plain).as_deref(), Some("2000"));
        assert_eq!(mu.of(Decimal::ONE).map(rounded).as_deref(), Some("666.666666667"));
        assert_eq!(Ratio::parse("0.3048").and_then(|f| f.of(Decimal::from(10))).map(plain).as_deref(), Some("3.048"));
    }

    #[test]
    fn what_does_not_end_is_rounded_however_small_it_is() {
        let joule = Ratio::parse("1/3600000").expect("a fraction");
        assert_eq!(parse("0.012").and_then(|v| joule.of(v)).map(rounded).as_deref(), Some("0.00000000333333333333"));
        assert_eq!(parse("0.00000000000000000001").map(rounded).as_deref(), Some("0.00000000000000000001"));
    }

    proptest! {
        #[test]
        fn short_numbers_are_multiplied_as_long_ones_are(
            mantissa in prop_oneof![-30_000i64..30_000, any::<i64>()],
            scale in 0u32..=28,
            over in prop_oneof![Just(1i128), -20i128..20, Just(10_000), Just(3_600_000)],
            under in prop_oneof![1i128..=16, Just(100), Just(1000), Just(3_600_000)],
        ) {
            let factor = Ratio::new(over, under).expect("a fraction");
            let value = Decimal::new(mantissa, scale);
            if let Some(short) = factor.short_times(value) {
                let long = factor.any_times(value);
                prop_assert_eq!(Some(short), long, "{} {:?}", value, factor);
                prop_assert_eq!(Some(plain(short)), long.map(plain));
            }
        }

        #[test]
        fn short_numbers_are_written_as_long_ones_are(mantissa in prop_oneof![-30_000i64..30_000, any::<i64>()], scale in 0u32..28, zeros in 0u32..6) {
            let value = Decimal::new(mantissa - mantissa % 10i64.pow(zeros), scale);
            prop_assert_eq!(rounded(value), plain(value));
        }
    }

    #[test]
    fn plain_has_no_tail() {
        assert_eq!(parse("6.200").map(plain).as_deref(), Some("6.2"));
        assert_eq!(parse("-0.0").map(plain).as_deref(), Some("0"));
        assert_eq!(parse("1e5"), None);
    }
}
