//! What carries over: which subject, indicator, time, scenario and certainty are in force, who sets them, how far they reach.
//!
//! | field | set by | ends at |
//! | --- | --- | --- |
//! | `topic` | the title, else the first name | never |
//! | `subject` | a name in subject position | the next one; a numbered list item |
//! | `built` | a project or facility in subject position | the paragraph |
//! | `local` | a name after 其中; of a river or mountain; the speaker of a quotation | the end of the line; of the period; of the quotation |
//! | `indicator` | each fact | the next fact; a paragraph |
//! | `whole` | the fact before 其中 | the end of the period |
//! | `period_time`, `line_time` | a time that is no modifier | the end of the period; of the line |
//! | `scenario` | 建成后, 达产后 | the end of the period |
//! | `certainty` | a verbal cue | the end of the period; 已 |
//! | `group` | a counted group of projects or firms | the end of the period |
//! | `basis` | 比上年, 同比 | the paragraph |

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::Span;
use crate::decimal::Decimal;
use crate::link::clauses::Clause;
use crate::link::{Fact, Modality, Subject};

/// The state in force before a clause.
#[derive(Debug, Clone, Default)]
pub struct Discourse {
    /// What the article is about.
    pub topic: Option<Subject>,
    /// True where no title names the topic: a wider region may then be what is spoken of.
    pub topic_is_guess: bool,
    /// The subject in force.
    pub subject: Option<Subject>,
    /// The sentence that named it.
    pub subject_since: Option<usize>,
    /// A subject that holds to the end of the period only.
    pub local: Option<Subject>,
    /// The sentence that named that.
    pub local_since: Option<usize>,
    /// True where the local subject came after 其中 and holds to the end of the line.
    pub local_to_line: bool,
    /// Where the local subject ends, where that is the end of a quotation.
    pub local_until: Option<usize>,
    /// What is built or run, named as a subject in this paragraph: a project, a facility, a school.
    pub built: Option<Subject>,
    /// The fact before this one in the paragraph.
    pub last: Option<Rc<Fact>>,
    /// The fact that 其中 opens.
    pub whole: Option<Rc<Fact>>,
    /// True after 其中 in this period.
    pub part: bool,
    /// The sentence of that fact.
    pub last_since: Option<usize>,
    /// The facts of this paragraph, for 分别.
    pub recent: Vec<Rc<Fact>>,
    /// The facts with a time so far, for figures that are given again, by their lower end.
    pub dated: BTreeMap<Decimal, Vec<Rc<Fact>>>,
    /// The times that facts have taken.
    pub taken_times: BTreeSet<Span>,
    /// The number of the last time of this period.
    pub period_time: Option<usize>,
    /// The number of the last time of this line.
    pub line_time: Option<usize>,
    /// True after 每年 or 用三年时间: no time is carried in this period.
    pub timeless: bool,
    /// 项目建成后
    pub scenario: Option<String>,
    /// A verbal cue of this period.
    pub certainty: Option<Modality>,
    /// A counted group and its filter: 新开工亿元以上项目.
    pub group: Option<String>,
    /// The filter alone: 亿元以上.
    pub filter: Option<String>,
    /// How the figures are reckoned: 按可比价格计算.
    pub scope: Option<String>,
    /// The last basis of the paragraph and whose it was.
    pub basis: Option<(Option<Subject>, String)>,
    /// 下同: the basis that holds for the rest of the article.
    pub standing_basis: Option<String>,
    /// True inside a list that 以 or 按 opened: the words after the last value are about all of them.
    pub agent: bool,
    /// The bases of this period: cues inside them say nothing of the facts.
    pub bases: Vec<Span>,
    /// The noun of the clause before, which had no value: its number, the words, and the place that it ends with.
    pub pending: Option<(usize, Span, Option<Subject>)>,
    /// Where the noun ends that the value before has taken from behind it: 81个乡镇|28.6万人受灾.
    pub noun_end: usize,
    /// True for a value that stands right behind such a noun.
    pub after_noun: bool,
    /// The clause and the time of a level that the next value is compared with: 比2021年的40万台增长五成.
    pub level_before: Option<(usize, String)>,
    line: Option<usize>,
    period: Option<usize>,
    // sentences with a clause so far
    sentence: usize,
}

/// How far something in force carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// To the end of the sentence.
    Sentence,
    /// To the end of the line.
    Line,
    /// Until the next one.
    Next,
    /// To the end of the article.
    Article,
}

/// What is in force before a clause: what a value takes that does not say it itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The subject.
    pub subject: Option<Subject>,
    /// How far it carries.
    pub subject_reach: Reach,
    /// The indicator of the fact before, in the same paragraph.
    pub indicator: Option<String>,
    /// The indicator that 其中 opened.
    pub whole: Option<String>,
    /// The number of the time in [`Reading::times`](crate::Reading::times); where there is none, the reporting frame holds.
    pub time: Option<usize>,
    /// How far the time carries.
    pub time_reach: Reach,
    /// True after 每年: no time is carried.
    pub timeless: bool,
    /// 项目建成后
    pub scenario: Option<String>,
    /// What a verbal cue said: 计划, 力争, 预计.
    pub certainty: Option<Modality>,
    /// The group that was counted: 新开工亿元以上项目.
    pub group: Option<String>,
    /// Its filter alone: 亿元以上.
    pub filter: Option<String>,
    /// How the figures are reckoned: 按可比价格计算.
    pub scope: Option<String>,
    /// What a change is measured against.
    pub basis: Option<String>,
}

impl Discourse {
    /// The state at the start of an article about `topic`, which the title names or which is a guess.
    pub fn about(topic: Option<Subject>, topic_is_guess: bool) -> Discourse {
        Discourse { topic, topic_is_guess, ..Discourse::default() }
    }

    /// True for the first clause of a line.
    pub fn at_new_line(&self, clause: &Clause) -> bool {
        self.line != Some(clause.line)
    }

    /// Drops what ends where `clause` begins.
    pub fn enter(&mut self, clause: &Clause, numbered: bool) {
        if self.local_until.is_some_and(|end| clause.span.start() >= end) {
            (self.local, self.local_until) = (None, None);
        }
        if self.line != Some(clause.line) {
            self.line = Some(clause.line);
            self.line_time = None;
            self.built = None;
            self.last = None;
            self.recent.clear();
            self.local = None;
            self.basis = None;
            if numbered {
                self.subject = self.topic.clone();
                self.subject_since = None;
            }
        }
        if self.period != Some(clause.period) {
            self.period = Some(clause.period);
            self.sentence += 1;
            self.period_time = None;
            if !self.local_to_line {
                self.local = None;
            }
            self.pending = None;
            self.bases.clear();
            self.whole = None;
            self.part = false;
            self.timeless = false;
            self.scenario = None;
            self.certainty = None;
            self.group = None;
            self.filter = None;
            self.scope = None;
        }
    }

    /// The subject for a value that names none.
    pub fn holder(&self) -> Option<Subject> {
        self.local.as_ref().or(self.subject.as_ref()).or(self.topic.as_ref()).cloned()
    }

    /// Keeps a fact as the last one.
    pub(super) fn note(&mut self, fact: Rc<Fact>) {
        self.last = Some(fact);
        self.last_since = Some(self.sentence);
    }

    /// Names the subject in force from here on.
    pub(super) fn name_subject(&mut self, subject: Option<Subject>) {
        self.subject = subject;
        self.subject_since = Some(self.sentence);
        self.local = None;
    }

    /// Names a subject that holds for a while: to the end of the line, or of the period.
    pub(super) fn name_local(&mut self, subject: Option<Subject>, to_line: bool) {
        self.local = subject;
        self.local_since = Some(self.sentence);
        self.local_to_line = to_line;
        self.local_until = None;
    }

    /// True where the subject in force was named before the last sentence, or by the title only.
    pub(super) fn subject_is_far(&self) -> bool {
        self.is_far(if self.local.is_some() { self.local_since } else { self.subject_since })
    }

    /// True where the last indicator stands before the last sentence.
    pub(super) fn indicator_is_far(&self) -> bool {
        self.is_far(self.last_since)
    }

    fn is_far(&self, since: Option<usize>) -> bool {
        // what no sentence names is known from the title or the first name of all
        self.sentence > since.unwrap_or_default() + 1
    }

    /// What is in force, for a reader.
    pub fn standing(&self) -> Standing {
        Standing {
            subject: self.holder(),
            subject_reach: match (&self.local, &self.subject) {
                (Some(_), _) if self.local_to_line => Reach::Line,
                (Some(_), _) => Reach::Sentence,
                (None, Some(_)) => Reach::Next,
                (None, None) => Reach::Article,
            },
            indicator: self.last.as_ref().map(|fact| fact.indicator.clone()),
            whole: self.whole.as_ref().map(|fact| fact.indicator.clone()),
            time: self.period_time.or(self.line_time),
            time_reach: if self.period_time.is_some() { Reach::Sentence } else { Reach::Line },
            timeless: self.timeless,
            scenario: self.scenario.clone(),
            certainty: self.certainty,
            group: self.group.clone(),
            filter: self.filter.clone(),
            scope: self.scope.clone(),
            basis: self.basis.as_ref().map(|(_, basis)| basis.clone()).or_else(|| self.standing_basis.clone()),
        }
    }
}
