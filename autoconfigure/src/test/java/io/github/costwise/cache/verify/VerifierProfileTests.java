package io.github.costwise.cache.verify;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.costwise.CostwiseConfigurationException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Tag("unit")
class VerifierProfileTests {

	@Test
	void readsItsName() {
		assertThat(VerifierProfile.of(" Strict ")).isEqualTo(VerifierProfile.STRICT);
		assertThat(VerifierProfile.of("static:0.95").threshold()).isEqualTo(.95);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "loose", "static", "static:", "static:x", "static:0", "static:1.01", "static:NaN" })
	void refusesWhatItDoesNotKnow(String text) {
		assertThatExceptionOfType(CostwiseConfigurationException.class).isThrownBy(() -> VerifierProfile.of(text))
			.withMessageContaining("static:0.95");
	}

	@Test
	void questionsOfIntentAreNotGuardedByNumbersAndNames() {
		assertThat(VerifierProfile.INTENT.guards()).doesNotContain(Guard.NUMBER, Guard.ENTITY).contains(Guard.NEGATION);
	}

	@Test
	void theFloorFollowsFromTheBound() {
		assertThat(least(VerifierProfile.DEFAULT, .01)).isEqualTo(.8);
		assertThat(least(VerifierProfile.DEFAULT, .001)).isEqualTo(.95);
		assertThat(least(VerifierProfile.DEFAULT, .05)).isEqualTo(.5);
		assertThat(least(VerifierProfile.STRICT, .05)).isEqualTo(.95);
	}

	@ParameterizedTest
	@ValueSource(doubles = { 0, 1, -1, Double.NaN })
	void theBoundIsAShare(double delta) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new VerifierSettings(VerifierProfile.DEFAULT, delta, null, 1));
	}

	private static double least(VerifierProfile profile, double delta) {
		return new VerifierSettings(profile, delta, null, 1).least();
	}

}
