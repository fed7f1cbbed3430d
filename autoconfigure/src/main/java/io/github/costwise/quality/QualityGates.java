package io.github.costwise.quality;

import java.util.List;

import io.github.costwise.model.GatedAnswer;
import io.github.costwise.model.GatedAnswer.AnswerEnd;
import io.github.costwise.model.Verdict;
import io.github.costwise.model.Verdict.GateOutcome;
import io.github.costwise.spi.QualityGate;

/**
 * The built-in gates.
 *
 * @since 0.1.0
 */
public final class QualityGates {

	/** Two longer texts hardly ever say the same in the same words. */
	private static final int LONGEST_FORM = 120;

	private QualityGates() {
	}

	/**
	 * Returns the rules that are nearly always right when they reject: an answer that is
	 * empty, cut off, invalid or a refusal. They reject few answers and accept none.
	 * @return the gate
	 */
	public static QualityGate validity() {
		return first(List.of(QualityGates::withheld, QualityGates::invalid, QualityGates::truncated,
				QualityGates::empty, QualityGates::refusal));
	}

	/**
	 * Returns a gate that accepts what a second cheap model answers too and rejects what
	 * it answers differently, and says nothing of two long texts; see {@link AnswerForm}
	 * for when answers are the same.
	 * @return the gate
	 */
	public static QualityGate agreement() {
		return (candidate) -> {
			if (candidate.second() == null) {
				return Verdict.UNDECIDED;
			}
			AnswerForm form = AnswerForm.of(candidate.answer());
			AnswerForm other = AnswerForm.of(candidate.second());
			if (form.value().length() > LONGEST_FORM && other.value().length() > LONGEST_FORM) {
				return Verdict.UNDECIDED;
			}
			return form.agrees(other) ? Verdict.accepted("agreement", "a second model answers the same")
					: Verdict.rejected("agreement", "a second model answers differently");
		};
	}

	/**
	 * Returns a gate that replaces an answer where labels say that it pays, by what two
	 * cheap answers show. Says nothing without a second answer, or without a difficulty
	 * that was scored by the routing model it was calibrated beside.
	 * @param model what was calibrated
	 * @return the gate
	 */
	public static QualityGate learnt(GateModel model) {
		return (candidate) -> {
			GatedAnswer.Difficulty difficulty = candidate.difficulty();
			if (candidate.second() == null || difficulty == null || !difficulty.model().equals(model.routing())) {
				return Verdict.UNDECIDED;
			}
			return (model.estimate().of(difficulty.value(), candidate) > model.escalateAbove())
					? Verdict.rejected("expected-gain", "a more capable model is expected to answer better")
					: Verdict.accepted("expected-gain", "no more capable model is expected to answer much better");
		};
	}

	/**
	 * Returns a gate that rejects answers whose tokens were close calls.
	 * @param least least mean margin between the log-probabilities of the best and the
	 * second best token that is accepted; calibrate it on labels
	 * @return the gate
	 */
	public static QualityGate margin(double least) {
		return (candidate) -> {
			if (candidate.margin() == null) {
				return Verdict.UNDECIDED;
			}
			return (candidate.margin() >= least) ? Verdict.accepted("margin", "its tokens were clear choices")
					: Verdict.rejected("margin", "its tokens were close calls");
		};
	}

	/**
	 * Asks gates in turn.
	 * @param gates the gates
	 * @return a gate that gives the first verdict that is not undecided
	 */
	public static QualityGate first(List<QualityGate> gates) {
		List<QualityGate> copy = List.copyOf(gates);
		return (candidate) -> copy.stream()
			.map((gate) -> gate.judge(candidate))
			.filter((verdict) -> verdict.outcome() != GateOutcome.UNDECIDED)
			.findFirst()
			.orElse(Verdict.UNDECIDED);
	}

	private static Verdict withheld(GatedAnswer candidate) {
		return (candidate.state() == AnswerEnd.WITHHELD)
				? Verdict.accepted("withheld", "a policy of the provider stands behind it") : Verdict.UNDECIDED;
	}

	private static Verdict invalid(GatedAnswer candidate) {
		return (candidate.state() == AnswerEnd.INVALID)
				? Verdict.rejected("invalid", "it does not follow the schema it was given") : Verdict.UNDECIDED;
	}

	private static Verdict truncated(GatedAnswer candidate) {
		return (candidate.state() == AnswerEnd.TRUNCATED) ? Verdict.rejected("truncated", "it was cut off")
				: Verdict.UNDECIDED;
	}

	private static Verdict empty(GatedAnswer candidate) {
		return (candidate.answer().isBlank() && candidate.state() != AnswerEnd.TOOL_CALLS)
				? Verdict.rejected("empty", "it is empty") : Verdict.UNDECIDED;
	}

	private static Verdict refusal(GatedAnswer candidate) {
		return Refusals.isOne(candidate.answer())
				? Verdict.rejected("refusal", "it says that the model is not able to answer") : Verdict.UNDECIDED;
	}

}
