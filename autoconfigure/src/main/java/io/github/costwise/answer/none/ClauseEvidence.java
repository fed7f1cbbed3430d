package io.github.costwise.answer.none;

import io.github.costwise.answer.none.Reading.Clause;

/**
 * What a clause says of an answer that is none. Immutable and thread-safe.
 *
 * @param unable the speaker is not able or not willing
 * @param act something that assistants do is not done
 * @param unknowing the speaker does not know
 * @param noData there is no information
 * @param notGiven what was given does not say it
 * @param denied the speaker does not do something
 * @param failures words of failure
 * @param self whether it speaks of the speaker
 */
record ClauseEvidence(boolean unable, boolean act, boolean unknowing, boolean noData, boolean notGiven, boolean denied,
		int failures, boolean self) {

	private static final int SHORT = 7;

	private static final int FEW = 3;

	static ClauseEvidence of(Clause clause) {
		return of(clause, clause.has(Mark.CONTEXT));
	}

	static ClauseEvidence of(Clause clause, boolean given) {
		boolean unable = false;
		boolean act = false;
		boolean unknowing = false;
		boolean noData = false;
		int failures = 0;
		for (int i = 0; i < clause.words().size(); i++) {
			int bits = clause.words().get(i).bits();
			boolean own = isOwn(clause, i);
			if (isInability(clause, i, bits) && (own || !Mark.any(bits, Mark.UNWILLING))) {
				unable |= own;
				act |= clause.hasNear(i, 6, 6, Mark.ACT, Mark.REQUEST) || Mark.any(bits, Mark.UNWILLING);
			}
			unable |= Mark.any(bits, Mark.ACT) && clause.hasNear(i, 5, 3, Mark.NOT)
					&& clause.hasNear(i, 6, 2, Mark.SELF);
			act |= unable && Mark.any(bits, Mark.ACT);
			boolean limited = Mark.any(bits, Mark.ONLY) && isLimit(clause, i);
			unable |= limited;
			act |= limited;
			unknowing |= isUnknowing(clause, i, bits);
			boolean sought = Mark.any(bits, Mark.DATA)
					|| (Mark.any(bits, Mark.FIND) && (clause.has(Mark.REQUEST) || isBare(clause)));
			noData |= sought && (clause.hasNear(i, 4, 5, Mark.NOT) || isOutOfReach(clause, i))
					&& !(i > 0 && Mark.any(clause.words().get(i - 1).bits(), Mark.OTHERS));
			failures += Mark.any(bits, Mark.FAILURE) ? 1 : 0;
			act |= Mark.any(bits, Mark.FAILURE) && clause.hasNear(i, 6, 6, Mark.REQUEST);
		}
		boolean explains = isExplanation(clause);
		return new ClauseEvidence(unable, act, unknowing, noData && !explains, !explains && isNotGiven(clause, given),
				isDenied(clause), failures, clause.has(Mark.SELF));
	}

	/** Says what something means, which is that something is not. */
	private static boolean isExplanation(Clause clause) {
		if (clause.has(Mark.SELF)) {
			return false;
		}
		for (int i = 1; i < clause.words().size(); i++) {
			if (Mark.any(clause.words().get(i).bits(), Mark.REASON)) {
				return !clause.hasNear(i, i, 0, Mark.NOT);
			}
		}
		return false;
	}

	/** What is sought cannot be had, and the clause says little else. */
	private static boolean isOutOfReach(Clause clause, int at) {
		return clause.hasNear(at, 4, 6, Mark.UNABLE) && clause.content() <= FEW && !clause.has(Mark.OTHERS);
	}

	/** The speaker helps with nothing else. */
	private static boolean isLimit(Clause clause, int at) {
		return clause.hasNear(at, 5, 7, Mark.SELF) && clause.hasNear(at, 5, 7, Mark.ACT)
				&& clause.hasNear(at, 5, 9, Mark.ABLE, Mark.REQUEST, Mark.MACHINE);
	}

	/** Whether a clause is so short and empty that it can only tell of a search. */
	private static boolean isBare(Clause clause) {
		return clause.words().size() <= SHORT && clause.content() == 0 && !clause.has(Mark.OTHERS, Mark.VERDICT);
	}

	private static boolean isInability(Clause clause, int at, int bits) {
		return Mark.any(bits, Mark.UNABLE, Mark.UNWILLING)
				|| (Mark.any(bits, Mark.ABLE) && clause.hasNear(at, 3, 6, Mark.NOT));
	}

	private static boolean isOwn(Clause clause, int at) {
		return clause.hasNear(at, 4, 2, Mark.SELF) || (at == 0 && !clause.hasNear(at, 0, 1, Mark.OTHERS));
	}

	private static boolean isUnknowing(Clause clause, int at, int bits) {
		if (!Mark.any(bits, Mark.KNOW) || !clause.hasNear(at, 5, 4, Mark.NOT)) {
			return false;
		}
		return clause.hasNear(at, 6, 3, Mark.SELF) || (clause.words().size() <= SHORT && !clause.has(Mark.OTHERS));
	}

	private static boolean isNotGiven(Clause clause, boolean given) {
		if (!clause.has(Mark.NOT, Mark.UNABLE)) {
			return false;
		}
		if (clause.has(Mark.CONTEXT) && clause.content() == 0) {
			return true;
		}
		return given ? clause.has(Mark.FIND, Mark.ACT, Mark.DATA) : (clause.has(Mark.FIND) && clause.has(Mark.SELF));
	}

	/** The speaker does not, whatever it is. */
	private static boolean isDenied(Clause clause) {
		for (int i = 0; i < clause.words().size(); i++) {
			if (Mark.any(clause.words().get(i).bits(), Mark.NOT) && clause.hasNear(i, 2, 2, Mark.SELF)) {
				return true;
			}
		}
		return false;
	}

	/** Whether what follows can only be a reason or an offer. */
	boolean isFirm() {
		return (this.unable && this.act) || this.notGiven || (this.self && (this.unknowing || this.noData));
	}

	boolean isAny() {
		return this.unable || this.act || this.unknowing || this.noData || this.notGiven || this.denied
				|| this.failures > 0;
	}

	boolean isStated() {
		return this.unable || this.unknowing || this.noData || this.notGiven;
	}

}
