package io.github.costwise.answer.none;

import java.util.EnumMap;
import java.util.Map;

import io.github.costwise.answer.none.Reading.Clause;

/**
 * The {@link Sign}s of an answer to a question.
 */
final class Signs {

	private final Map<Sign, Double> values = new EnumMap<>(Sign.class);

	private int beside;

	private int apart;

	private int failures;

	private boolean begun;

	/** Signs of a text before it is compared with its question. */
	Signs(Reading answer, int codes) {
		set(Sign.BASE, 1);
		read(answer);
		count(answer, codes);
	}

	private void read(Reading answer) {
		boolean unquoted = answer.clauses().stream().anyMatch((clause) -> !clause.quoted());
		int sentence = 0;
		boolean given = false;
		for (Clause clause : answer.clauses()) {
			given = (clause.sentence() == sentence && given) || clause.has(Mark.CONTEXT);
			sentence = clause.sentence();
			if (unquoted && clause.quoted()) {
				this.apart += clause.content();
			}
			else {
				read(clause, Evidence.of(clause, given));
			}
		}
	}

	private void read(Clause clause, Evidence evidence) {
		if (clause.sentence() == 0 && !this.begun && clause.words().size() == 1) {
			set(Sign.VERDICT, clause.has(Mark.NOT, Mark.VERDICT));
		}
		if (evidence.isAny()) {
			stated(clause, evidence);
			this.beside += clause.content();
		}
		else if (clause.has(Mark.APOLOGY, Mark.BACK, Mark.RETRY, Mark.MACHINE)) {
			this.beside += clause.content();
		}
		else {
			this.apart += clause.content();
			set(Sign.CONTRAST, this.begun && clause.has(Mark.CONTRAST) && clause.content() > 2);
		}
		set(Sign.APOLOGY, clause.has(Mark.APOLOGY) && clause.sentence() == 0);
		set(Sign.RETRY, clause.has(Mark.RETRY));
		set(Sign.BACK, clause.has(Mark.BACK));
		set(Sign.MACHINE, clause.has(Mark.MACHINE));
		set(Sign.REASON, clause.has(Mark.REASON));
	}

	private void stated(Clause clause, Evidence evidence) {
		set(Sign.LATE, !this.begun && clause.sentence() > 0);
		this.begun = true;
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
		set(Sign.NOTHING_ELSE, this.values.size() > 1 && this.beside + this.apart == 0);
		set(Sign.FAILURE, Math.min(1, this.failures));
		set(Sign.MORE_FAILURE, Math.min(3, Math.max(0, this.failures - 1)));
		set(Sign.FAILURE_ALONE, this.failures == 1 && !isStated() && of(Sign.MACHINE) == 0);
		set(Sign.LONE,
				this.failures > 0 && answer.clauses().size() == 1 && answer.clauses().get(0).words().size() == 1);
		set(Sign.WORDS_BESIDE, Math.min(12, this.beside) / 4.0);
		set(Sign.WORDS_APART, Math.min(6, this.apart) / 4.0);
		set(Sign.MANY_APART, Math.min(20, Math.max(0, this.apart - 6)) / 10.0);
		set(Sign.NUMBERS, Math.min(3, answer.clauses().stream().mapToInt(Clause::numbers).sum()));
		set(Sign.CODE, Math.min(8, codes) / 4.0);
	}

	Signs compare(Reading answer, Asked question) {
		long echo = answer.clauses()
			.stream()
			.flatMap((clause) -> clause.words().stream())
			.filter((word) -> word.isContent() && word.text().length() > 2)
			.filter((word) -> question.stems().contains(Asked.stem(word)))
			.count();
		set(Sign.ECHO, Math.min(3, echo));
		set(Sign.ASKED_FAILURE, this.failures > 0 && question.failure());
		set(Sign.ASKED_WORDING, question.wording());
		set(Sign.ASKED_SAME, question.wording() && question.stated());
		return this;
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
		if (any(Sign.UNKNOWING, Sign.NO_DATA, Sign.NOT_GIVEN)) {
			return NonAnswer.UNKNOWN;
		}
		if (any(Sign.UNABLE)) {
			return NonAnswer.REFUSED;
		}
		return (this.failures > 0 || any(Sign.RETRY, Sign.NOT_DONE)) ? NonAnswer.ERROR : NonAnswer.UNKNOWN;
	}

}
