package io.github.costwise.spi;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.github.costwise.model.GatedAnswer;
import io.github.costwise.model.Verdict;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every {@link QualityGate} must hold.
 */
public abstract class QualityGateContract {

	private static final List<String> ANSWERS = List.of("Paris", "", " \n", "{}", "{\"answer\": ", "\\boxed{",
			"I'm sorry, but I cannot answer that.", "a\uD83D", "x".repeat(300_000), "{".repeat(20_000));

	private QualityGate gate;

	/** Returns the gate, which need not be a new one. */
	protected abstract QualityGate create() throws Exception;

	@BeforeEach
	void createGate() throws Exception {
		this.gate = create();
	}

	@Test
	void judgesWhateverCameTheSameEachTime() {
		for (GatedAnswer candidate : candidates()) {
			Verdict verdict = this.gate.judge(candidate);
			assertThat(verdict).isNotNull().isEqualTo(this.gate.judge(candidate));
			assertThat(verdict.rule()).as("fit for a meter's tag").matches("[a-z0-9-]{1,40}");
		}
	}

	@Test
	void anAnswerThatCallsToolsIsNotFinal() {
		GatedAnswer candidate = GatedAnswer.of("").in(GatedAnswer.AnswerEnd.TOOL_CALLS);
		assertThat(this.gate.judge(candidate).outcome()).isNotEqualTo(Verdict.GateOutcome.REJECTED);
	}

	private static List<GatedAnswer> candidates() {
		List<GatedAnswer> candidates = new ArrayList<>();
		for (String answer : ANSWERS) {
			for (GatedAnswer.AnswerEnd state : GatedAnswer.AnswerEnd.values()) {
				GatedAnswer candidate = GatedAnswer.of(answer).in(state);
				candidates.addAll(List.of(candidate, candidate.beside("Paris"), candidate.beside(answer),
						candidate.with(.5), candidate.to(new GatedAnswer.Difficulty(.5, "model"))));
			}
		}
		return candidates;
	}

}
