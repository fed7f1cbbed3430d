package io.github.costwise.testsupport;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link RealPartCondition}.
 */
@Tag("chain")
class RealPartConditionTests {

	private final List<RealPart> asked = new ArrayList<>();

	@Test
	void runsWhenEveryPartIsThere() {
		ConditionEvaluationResult result = new RealPartCondition(this.asked::add, false).evaluate(RealPart.REDIS,
				RealPart.LLM);
		assertThat(result.isDisabled()).isFalse();
		assertThat(this.asked).containsExactly(RealPart.REDIS, RealPart.LLM);
	}

	@Test
	void skipsAndSaysWhy() {
		ConditionEvaluationResult result = new RealPartCondition(this::missing, false).evaluate(RealPart.REDIS);
		assertThat(result.isDisabled()).isTrue();
		assertThat(result.getReason()).hasValue("none of REDIS");
	}

	@Test
	void failsInsteadOfSkippingInContinuousIntegration() {
		RealPartCondition condition = new RealPartCondition(this::missing, true);
		assertThatExceptionOfType(RealPartMissingException.class)
			.isThrownBy(() -> condition.evaluate(RealPart.POSTGRES))
			.withMessage("none of POSTGRES");
	}

	private void missing(RealPart part) {
		throw new RealPartMissingException("none of " + part);
	}

}
