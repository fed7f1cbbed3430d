package io.github.costwise.benchmarks.eval.text;

import java.util.Map;
import java.util.function.ToLongFunction;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("unit")
class GrowthSurveyTests {

	private static final double WANTED = 6;

	private static final int COLD = 8;

	private final Map<String, String> texts = Map.of("letters", "a".repeat(20_000), "digits", "1".repeat(20_000));

	private final Map<String, String> longer = Map.of("letters", "a".repeat(80_000), "digits", "1".repeat(80_000));

	private long now;

	private int uses;

	private final GrowthSurvey survey = new GrowthSurvey(new GrowthMeasurement(() -> this.now), this.texts,
			this.longer);

	@Test
	void linearTimeIsFourTimes() {
		assertThat(this.survey.add(taking("linear", (text) -> 10L * text.length())).ratio()).isEqualTo(4);
	}

	@Test
	void quadraticTimeIsFound() {
		assertThat(this.survey.add(taking("quadratic", GrowthSurveyTests::square)).ratio()).isEqualTo(16);
	}

	@Test
	void timeBetweenLinearAndQuadraticIsFound() {
		ToLongFunction<String> time = (text) -> (long) Math.pow(text.length(), 1.5);
		assertThat(this.survey.add(taking("between", time)).ratio()).isEqualTo(8);
	}

	@Test
	void quadraticTimeIsFoundThoughTheFirstUsesAreCold() {
		ToLongFunction<String> time = (text) -> square(text) * ((this.uses <= COLD) ? 50 : 1);
		assertThat(this.survey.add(taking("cold", time)).ratio()).isGreaterThan(WANTED);
	}

	@Test
	void quadraticTimeIsFoundThoughItOnlyGetsWarmStepByStep() {
		ToLongFunction<String> time = (text) -> square(text) * (1 + 60 / this.uses);
		assertThat(this.survey.add(taking("warming", time)).ratio()).isGreaterThan(WANTED);
	}

	@Test
	void quadraticTimeIsFoundThoughManyUsesAreDisturbed() {
		ToLongFunction<String> time = (text) -> square(text) * (1 + this.uses % 7);
		assertThat(this.survey.add(taking("disturbed", time)).ratio()).isGreaterThan(WANTED);
	}

	@Test
	void linearTimeStaysBelowThoughManyUsesAreDisturbed() {
		ToLongFunction<String> time = (text) -> 10L * text.length() * (1 + this.uses % 7);
		assertThat(this.survey.add(taking("disturbed", time)).ratio()).isLessThan(WANTED);
	}

	@Test
	void growthOfOneTextAloneIsFound() {
		ToLongFunction<String> time = (text) -> text.startsWith("1") ? square(text) : 10L * text.length();
		GrowthSurvey.Growth worst = this.survey.add(taking("digits", time));
		assertThat(worst.input()).isEqualTo("digits");
		assertThat(worst.ratio()).isEqualTo(16);
	}

	@Test
	void whoTakesNextToNothingDoesNotGrow() {
		assertThat(this.survey.add(taking("length", String::length)).ratio()).isZero();
	}

	@Test
	void onlyWhatLastsIsLeftWhenSuspectsAreMeasuredAgain() {
		boolean[] busy = { true };
		this.survey.add(taking("unlucky", (text) -> busy[0] ? square(text) : 10L * text.length()));
		this.survey.add(taking("quadratic", GrowthSurveyTests::square));
		busy[0] = false;
		this.survey.lookAgain();
		assertThat(this.survey.worst(5)).extracting(GrowthSurveyTests::shown)
			.containsExactly("quadratic 16.0", "unlucky 4.0");
	}

	@Test
	void theWorstOfEachFunctionIsShown() {
		this.survey.add(taking("linear", (text) -> 10L * text.length()));
		this.survey.add(taking("quadratic", GrowthSurveyTests::square));
		this.survey.add(taking("none", String::length));
		assertThat(this.survey.worst(2)).extracting(GrowthSurveyTests::shown)
			.containsExactly("quadratic 16.0", "linear 4.0");
	}

	private static String shown(GrowthSurvey.Growth growth) {
		return growth.function().name() + " " + growth.ratio();
	}

	/** Lets the clock pass as long as the function says. */
	private TextFunction taking(String name, ToLongFunction<String> nanos) {
		return new TextFunction(name, (text) -> {
			this.uses++;
			this.now += nanos.applyAsLong(text);
			return text;
		});
	}

	private static long square(String text) {
		return (long) text.length() * text.length() / 400;
	}

}
