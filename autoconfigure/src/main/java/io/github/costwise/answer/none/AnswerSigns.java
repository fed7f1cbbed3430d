package io.github.costwise.answer.none;

import java.util.EnumMap;
import java.util.Map;

import io.github.costwise.answer.none.Reading.Clause;
import io.github.costwise.model.NonAnswer;

/**
 * The {@link Sign}s of an answer to a question.
 */
final class AnswerSigns {

	private final Map<Sign, Double> values = new EnumMap<>(Sign.class);

	private final Asked question;

	private final boolean reported;

	private int beside;

	private int after;

	private boolean firm;

	private int firmSentence;

	private boolean offering;

	private boolean explaining;

	private int sentence;

	private int apart;

	private int failures;

	private int numbers;

	private boolean begun;

	/** Signs of a text; without what was asked they only tell whether it needs a look. */
	AnswerSigns(Reading answer, int codes, boolean reported, Asked question) {
		this.question = question;
		this.reported = reported;
		set(Sign.BASE, 1);
		read(answer);
		count(answer, codes);
		compare(answer);
	}

	private void read(Reading answer) {
		boolean unquoted = answer.clauses().stream().anyMatch((clause) -> !clause.quoted());
		boolean given = false;
		for (Clause clause : answer.clauses()) {
			boolean same = clause.sentence() == this.sentence;
			given = (same && given) || clause.has(Mark.CONTEXT);
			this.offering = (same && this.offering) || isOffer(clause);
			this.explaining &= same;
			this.sentence = clause.sentence();
			if (unquoted && clause.quoted()) {
				this.apart += content(clause);
				this.numbers += clause.numbers(this.question.stems());
			}
			else {
				read(clause, ClauseEvidence.of(clause, given));
			}
		}
	}

	private void read(Clause clause, ClauseEvidence evidence) {
		this.numbers += (evidence.isFirm() && evidence.self()) ? 0 : clause.numbers(this.question.stems());
		set(Sign.REASON, clause.has(Mark.REASON) && !this.firm);
		if (clause.sentence() == 0 && !this.begun && clause.words().size() == 1) {
			set(Sign.VERDICT, clause.has(Mark.NOT, Mark.UNABLE, Mark.VERDICT));
		}
		if (this.explaining && !evidence.self()) {
			this.apart += content(clause);
		}
		else if (evidence.isAny()) {
			stated(clause, evidence);
			this.beside += content(clause);
		}
		else if (this.firm && (this.offering || clause.asking() || isReason(clause))) {
			this.after += content(clause);
		}
		else if (clause.has(Mark.APOLOGY, Mark.BACK, Mark.RETRY, Mark.MACHINE)) {
			this.beside += content(clause);
		}
		else {
			this.apart += content(clause);
			set(Sign.CONTRAST, this.begun && clause.has(Mark.CONTRAST) && clause.content() > 2);
		}
		this.explaining |= clause.has(Mark.REASON) && !clause.has(Mark.SELF) && !this.begun;
		set(Sign.APOLOGY, clause.has(Mark.APOLOGY) && clause.sentence() == 0);
		set(Sign.RETRY, clause.has(Mark.RETRY));
		set(Sign.BACK, clause.has(Mark.BACK));
		set(Sign.MACHINE, clause.has(Mark.MACHINE));
		set(Sign.THIRD, clause.has(Mark.THIRD) && !clause.has(Mark.SELF));
		set(Sign.ASKING, clause.asking() && clause.has(Mark.OTHERS, Mark.REQUEST, Mark.BACK));
	}

	private int content(Clause clause) {
		return clause.content(this.question.stems());
	}

	/** The speaker can do something else, or sends elsewhere. */
	private static boolean isOffer(Clause clause) {
		return clause.has(Mark.BACK)
				|| (clause.has(Mark.SELF) && clause.has(Mark.ABLE, Mark.ACT) && !clause.has(Mark.NOT, Mark.UNABLE));
	}

	/** What follows in the sentence, unless it stands against it. */
	private boolean isReason(Clause clause) {
		if (clause.has(Mark.REASON) && !clause.has(Mark.CONTRAST)) {
			return true;
		}
		boolean against = clause.has(Mark.CONTRAST);
		this.firmSentence = against ? -1 : this.firmSentence;
		return !against && clause.sentence() == this.firmSentence;
	}

	private void stated(Clause clause, ClauseEvidence evidence) {
		set(Sign.LATE, !this.begun && clause.sentence() > 0);
		this.begun = true;
		if (evidence.isFirm() && clause.sentence() < 2 && !(clause.has(Mark.REASON) && !evidence.self())) {
			this.firm = true;
			this.firmSentence = clause.sentence();
		}
		set(Sign.FIRM, this.firm);
		set(Sign.UNABLE, evidence.unable());
		set(Sign.UNABLE_TO_ACT, evidence.unable() && evidence.act());
		set(Sign.NOT_DONE, !evidence.unable() && evidence.act());
		set(Sign.UNKNOWING, evidence.unknowing());
		set(Sign.NO_DATA, evidence.noData());
		set(Sign.NOT_GIVEN, evidence.notGiven());
		set(Sign.DENIED, evidence.denied());
		set(Sign.OTHERS, clause.has(Mark.OTHERS) && !clause.has(Mark.SELF));
		this.failures += evidence.failures();
	}

	private void count(Reading answer, int codes) {
		set(Sign.NOTHING_ELSE, this.values.size() > 1 && this.beside + this.apart + this.after == 0);
		set(Sign.REPORT, this.reported);
		set(Sign.FAILURE, Math.min(1, this.failures));
		set(Sign.MORE_FAILURE, Math.min(3, Math.max(0, this.failures - 1)));
		set(Sign.FAILURE_ALONE, this.failures == 1 && !isStated() && !this.reported && of(Sign.MACHINE) == 0);
		set(Sign.LONE, this.failures > 0 && answer.clauses().size() == 1 && answer.clauses().get(0).words().size() == 1
				&& answer.clauses().get(0).words().get(0).text().indexOf(' ') < 0);
		set(Sign.WORDS_BESIDE, Math.min(12, this.beside) / 4.0);
		set(Sign.WORDS_AFTER, Math.min(20, this.after) / 4.0);
		set(Sign.WORDS_APART, Math.min(6, this.apart) / 4.0);
		set(Sign.MANY_APART, Math.min(20, Math.max(0, this.apart - 6)) / 10.0);
		set(Sign.NUMBERS, this.reported ? 0 : Math.min(3, this.numbers));
		set(Sign.CODE, this.reported ? 0 : Math.min(8, codes) / 4.0);
	}

	private void compare(Reading answer) {
		long echo = answer.clauses()
			.stream()
			.flatMap((clause) -> clause.words().stream())
			.filter((word) -> word.isContent() && word.text().length() > 2)
			.filter((word) -> this.question.stems().contains(Asked.stem(word)))
			.count();
		set(Sign.ECHO, Math.min(3, echo));
		set(Sign.ASKED_FAILURE, this.failures > 0 && this.question.failure());
		set(Sign.ASKED_MEANING, this.failures > 0 && this.question.failure() && this.question.meaning()
				&& (echo > 0 || this.beside + this.apart > 6 || answer.has(Mark.REASON) || hasCode(answer)));
		set(Sign.ASKED_STATED, this.question.stated() && !this.question.wording());
		boolean machine = this.failures > 0 && !this.question.failure() && !any(Sign.UNABLE, Sign.DENIED);
		set(Sign.ASKED_WORDING, this.question.wording() && !machine);
		set(Sign.ASKED_SAME, this.question.wording() && this.question.stated());
	}

	/** Whether the text speaks of a code that the question speaks of. */
	private boolean hasCode(Reading answer) {
		return answer.clauses()
			.stream()
			.flatMap((clause) -> clause.words().stream())
			.anyMatch((word) -> Character.isDigit(word.text().charAt(0))
					&& this.question.stems().contains(Asked.stem(word)));
	}

	private void set(Sign sign, boolean there) {
		set(sign, there ? 1 : 0);
	}

	private void set(Sign sign, double value) {
		if (value != 0) {
			this.values.put(sign, value);
		}
	}

	double of(Sign sign) {
		return this.values.getOrDefault(sign, 0.0);
	}

	private boolean any(Sign... signs) {
		for (Sign sign : signs) {
			if (of(sign) > 0) {
				return true;
			}
		}
		return false;
	}

	private boolean isStated() {
		return any(Sign.UNABLE, Sign.NOT_DONE, Sign.UNKNOWING, Sign.NO_DATA, Sign.NOT_GIVEN, Sign.DENIED, Sign.RETRY);
	}

	/** Whether anything tells that this is no answer, however it weighs. */
	boolean isEvident() {
		boolean polite = this.apart <= 2 && (any(Sign.BACK) || (any(Sign.APOLOGY) && this.beside <= 1));
		return isStated() || polite || this.failures > 0;
	}

	double score() {
		double score = 0;
		for (Map.Entry<Sign, Double> entry : this.values.entrySet()) {
			score += entry.getKey().weight() * entry.getValue();
		}
		return score;
	}

	NonAnswer kind() {
		if (any(Sign.UNABLE_TO_ACT)) {
			return NonAnswer.REFUSED;
		}
		if (any(Sign.UNKNOWING, Sign.NO_DATA, Sign.NOT_GIVEN)) {
			return NonAnswer.UNKNOWN;
		}
		if (any(Sign.UNABLE)) {
			return NonAnswer.REFUSED;
		}
		if (this.failures > 0 || any(Sign.RETRY, Sign.NOT_DONE)) {
			return NonAnswer.ERROR;
		}
		return any(Sign.BACK) ? NonAnswer.REFUSED : NonAnswer.UNKNOWN;
	}

}
