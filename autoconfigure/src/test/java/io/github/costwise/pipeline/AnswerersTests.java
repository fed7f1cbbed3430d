package io.github.costwise.pipeline;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.costwise.cache.partition.Answerer;
import io.github.costwise.pipeline.Answerers.Given;

import static org.assertj.core.api.Assertions.assertThat;

/** Who answers a turn, and who did. */
@Tag("unit")
class AnswerersTests {

	private static final Given OWN = new Given(null, null, false, false);

	@Test
	void routingAnswersWhereItIsFollowed() {
		assertThat(Answerers.expected("r1", "big", AnswerersTests::unasked)).isEqualTo(new Answerer("r1", "big", null));
		assertThat(Answerers.expected(null, "big", () -> "m")).isEqualTo(new Answerer(null, null, "m"));
		assertThat(Answerers.expected(null, null, () -> null).isKnown()).isFalse();
		assertThat(Answerers.expected("r1", null, AnswerersTests::unasked).isKnown()).isTrue();
	}

	/** Looking for the client's own model warns where it is not known. */
	private static String unasked() {
		throw new AssertionError("The client's own model does not answer");
	}

	@Test
	void ownModelAnsweredUnlessAnotherOneDid() {
		Answerer own = Answerer.own("m");
		assertThat(Answerers.answered(own, OWN)).isTrue();
		assertThat(Answerers.answered(own, new Given(null, null, true, false))).isTrue();
		assertThat(Answerers.answered(own, new Given(null, null, false, true))).isFalse();
		assertThat(Answerers.answered(own, new Given("r1", "big", false, false))).isFalse();
	}

	@Test
	void anyTargetOfTheVersionAnswers() {
		Answerer routed = Answerer.routed("r1", null);
		assertThat(Answerers.answered(routed, new Given("r1", "small", false, false))).isTrue();
		assertThat(Answerers.answered(routed, new Given("r1", "big", false, true))).isTrue();
		assertThat(Answerers.answered(routed, new Given("r2", "small", false, false))).isFalse();
		assertThat(Answerers.answered(routed, new Given("r1", "small", true, false))).isFalse();
		assertThat(Answerers.answered(routed, OWN)).isFalse();
	}

	@Test
	void noOtherTargetAnswersForTheOneAskedFor() {
		Answerer pinned = Answerer.routed("r1", "big");
		assertThat(Answerers.answered(pinned, new Given("r1", "big", false, false))).isTrue();
		assertThat(Answerers.answered(pinned, new Given("r1", "small", false, false))).isFalse();
	}

}
