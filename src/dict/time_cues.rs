//! Words that stand beside a time: what they make of it.

use super::table::Reader;
use super::words::Words;

/// What a word beside a time does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeCue {
    /// 截至, before the last day.
    Until,
    /// Before 到2025年 inside a clause.
    Aim,
    /// Before 全年 and 年末 of the year that runs.
    Ahead,
    /// 自, before the first day.
    Since,
    /// 自从, which needs no 起.
    Always,
    /// 至今, after the first day.
    ToNow,
    /// 起, after the first day.
    From,
    /// 以来.
    Running,
    /// 约, before a clock time.
    Hedge,
    /// 或之前: the day belongs to it.
    OrBefore,
    /// 或之后: the day belongs to it.
    OrAfter,
    /// 之前.
    Before,
    /// 之后.
    After,
    /// 左右, after a day.
    About,
    /// 期间.
    During,
    /// After 前: 前期 and 前往 are no ends.
    NotBefore,
    /// 假期, after a feast.
    Holiday,
    /// 期间 and 当天, after a feast.
    FeastDay,
    /// 假期 by itself: the one named before.
    OwnHoliday,
    /// The first day of a holiday.
    FirstDay,
    /// The last day of a holiday.
    LastDay,
    /// 期间, after the name of a plan.
    PlanPeriod,
    /// 末, after the name of a plan.
    PlanEnd,
    /// 初, after the name of a plan.
    PlanStart,
    /// 农历.
    Lunar,
    /// After 月: no month.
    NotMonth,
    /// After 月: part of an indicator.
    MonthMean,
    /// After 上月: no month.
    NotMonthUnit,
    /// After 上周: no week.
    NotWeek,
    /// After 周一: no weekday.
    NotWeekday,
    /// After a weekday: every week.
    Closed,
    /// After 时: no hour.
    NotHour,
    /// After a bare 9点: an hour.
    HourFollows,
    /// After a bare 9:30: a clock time.
    ClockFollows,
    /// After 分: no minute.
    NotMinute,
    /// After 5日: a length.
    NotDayOfMonth,
    /// After a bare 9日: a day.
    Told,
    /// Before a bare 9日: a day.
    DayLead,
    /// After 9号: a day and no house number.
    Numbered,
    /// After 年: no year.
    NotYear,
    /// After 秋: no season.
    NotSeason,
    /// After a feast: the name of a place.
    Place,
    /// After 世纪 and 年代: no interval.
    CenturyPart,
    /// 学年.
    SchoolYear,
    /// After 五年来: no running period.
    NotPast,
    /// Before 近三年: a length.
    LengthLead,
    /// After 近三年: a length.
    LengthNoun,
    /// Before 三年前 inside a clause.
    AwayLead,
    /// After 三天后: 后续.
    NotAway,
    /// After 每月: repeated.
    SetFollows,
    /// Before what something is compared with.
    Compared,
    /// Before what something is measured by.
    Restored,
    /// After 年初: what something is measured by.
    Budget,
    /// 与, with a word of `Level` later in the clause.
    Beside,
    /// 持平.
    Level,
    /// In a sentence about what is still to come.
    Coming,
    /// 报, after the part of a year that a report is about: 2021年半年报.
    Report,
    /// After the year of a regulation in brackets.
    Amended,
    /// Before the year in the name of a project.
    Office,
    /// In a clause that tells something and is no name.
    Deed,
    /// Ends the name of a project or paper.
    PaperEnd,
    /// In the name of a project.
    Tender,
    /// After a feast in quotation marks: the name of a prize or street.
    NotFeast,
    /// What may be done before 后, in 投产后|年均.
    Done,
}

/// How `times-cues.tsv` names the cues, in the order of [`TimeCue`].
const KINDS: [(&str, TimeCue); 64] = [
    ("until", TimeCue::Until),
    ("aim", TimeCue::Aim),
    ("ahead", TimeCue::Ahead),
    ("since", TimeCue::Since),
    ("ever-since", TimeCue::Always),
    ("to-now", TimeCue::ToNow),
    ("from", TimeCue::From),
    ("running", TimeCue::Running),
    ("hedge", TimeCue::Hedge),
    ("or-before", TimeCue::OrBefore),
    ("or-after", TimeCue::OrAfter),
    ("before", TimeCue::Before),
    ("after", TimeCue::After),
    ("about", TimeCue::About),
    ("during", TimeCue::During),
    ("not-before", TimeCue::NotBefore),
    ("holiday", TimeCue::Holiday),
    ("feast-day", TimeCue::FeastDay),
    ("same-holiday", TimeCue::OwnHoliday),
    ("first-day", TimeCue::FirstDay),
    ("last-day", TimeCue::LastDay),
    ("plan-period", TimeCue::PlanPeriod),
    ("plan-end", TimeCue::PlanEnd),
    ("plan-start", TimeCue::PlanStart),
    ("lunar", TimeCue::Lunar),
    ("not-month", TimeCue::NotMonth),
    ("month-mean", TimeCue::MonthMean),
    ("not-month-unit", TimeCue::NotMonthUnit),
    ("not-week", TimeCue::NotWeek),
    ("not-weekday", TimeCue::NotWeekday),
    ("closed", TimeCue::Closed),
    ("not-hour", TimeCue::NotHour),
    ("hour-follows", TimeCue::HourFollows),
    ("clock-follows", TimeCue::ClockFollows),
    ("not-minute", TimeCue::NotMinute),
    ("not-day", TimeCue::NotDayOfMonth),
    ("told", TimeCue::Told),
    ("day-lead", TimeCue::DayLead),
    ("day-number", TimeCue::Numbered),
    ("not-year", TimeCue::NotYear),
    ("not-season", TimeCue::NotSeason),
    ("place", TimeCue::Place),
    ("century-part", TimeCue::CenturyPart),
    ("school-year", TimeCue::SchoolYear),
    ("not-past", TimeCue::NotPast),
    ("length-lead", TimeCue::LengthLead),
    ("length-noun", TimeCue::LengthNoun),
    ("away-lead", TimeCue::AwayLead),
    ("not-away", TimeCue::NotAway),
    ("set-follows", TimeCue::SetFollows),
    ("compared", TimeCue::Compared),
    ("restored", TimeCue::Restored),
    ("budget", TimeCue::Budget),
    ("beside", TimeCue::Beside),
    ("level", TimeCue::Level),
    ("coming", TimeCue::Coming),
    ("report", TimeCue::Report),
    ("amended", TimeCue::Amended),
    ("office", TimeCue::Office),
    ("deed", TimeCue::Deed),
    ("paper-end", TimeCue::PaperEnd),
    ("tender", TimeCue::Tender),
    ("not-feast", TimeCue::NotFeast),
    ("done", TimeCue::Done),
];

/// The words of every cue.
#[derive(Debug)]
pub struct TimeCues {
    lists: Vec<Words<()>>,
}

impl TimeCues {
    /// The words of one cue.
    pub fn of(&self, cue: TimeCue) -> &Words<()> {
        &self.lists[cue as usize]
    }

    pub(super) fn read(reader: &mut Reader<'_>) -> TimeCues {
        let mut lists: Vec<Words<()>> = KINDS.iter().map(|_| Words::default()).collect();
        for row in reader.rows("times-cues.tsv", &["kind", "text", "example"]) {
            let kind = row.cell(0);
            match KINDS.iter().find(|(name, _)| *name == kind) {
                Some((_, cue)) => row.names(1).for_each(|name| lists[*cue as usize].add(name, ())),
                None => reader.fail(&row, &format!("one of {}", KINDS.map(|(name, _)| name).join(" ")), kind),
            }
        }
        TimeCues { lists }
    }
}
