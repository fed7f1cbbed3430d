package io.github.costwise.benchmarks.eval.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Measures functions with every text, and whoever grows fastest once more when all code
 * is warm and the garbage is collected. Not thread-safe.
 *
 * @since 0.1.0
 */
public final class GrowthSurvey {

	/** So many are measured once more at most. */
	private static final int SUSPECTS = 30;

	private static final Comparator<Growth> FASTEST = Comparator.comparingDouble(Growth::ratio).reversed();

	private final GrowthMeasurement measurement;

	private final Map<String, String> texts;

	private final Map<String, String> longer;

	private final List<Growth> found = new ArrayList<>();

	/**
	 * Creates a survey.
	 * @param measurement measures
	 * @param texts texts by what they are
	 * @param longer texts of four times their length, by the same names
	 */
	public GrowthSurvey(GrowthMeasurement measurement, Map<String, String> texts, Map<String, String> longer) {
		this.measurement = measurement;
		this.texts = texts;
		this.longer = longer;
	}

	/**
	 * Measures a function with every text.
	 * @param function the function
	 * @return where it grows fastest
	 */
	public Growth add(TextFunction function) {
		System.gc();
		List<Growth> own = this.texts.keySet().stream().map((input) -> growth(function, input)).toList();
		this.found.addAll(own);
		return own.stream().min(FASTEST).orElseThrow();
	}

	private Growth growth(TextFunction function, String input) {
		Growth growth = new Growth(function, input, new GrowthTimes());
		measure(growth);
		return growth;
	}

	private void measure(Growth growth) {
		this.measurement.measure(growth.function(), this.texts.get(growth.input()), this.longer.get(growth.input()),
				growth.times());
	}

	/** Measures once more where growth is not plain, fastest first. */
	public void lookAgain() {
		this.found.stream()
			.filter((growth) -> !growth.times().isPlain())
			.sorted(FASTEST)
			.limit(SUSPECTS)
			.forEach((growth) -> {
				System.gc();
				measure(growth);
			});
	}

	/**
	 * Returns the functions that grow fastest.
	 * @param count how many
	 * @return each with the text where it grows fastest, fastest first
	 */
	public List<Growth> worst(int count) {
		Set<String> seen = new HashSet<>();
		return this.found.stream()
			.sorted(FASTEST)
			.filter((growth) -> seen.add(growth.function().name()))
			.limit(count)
			.toList();
	}

	/**
	 * How a function grows with a text.
	 *
	 * @param function the function
	 * @param input what the text is
	 * @param times what was measured
	 */
	public record Growth(TextFunction function, String input, GrowthTimes times) {

		/**
		 * Returns how the time grows.
		 * @return how many times as long the longer text takes, to two places, 0 if it
		 * takes next to nothing
		 */
		public double ratio() {
			return Math.round(this.times.ratio() * 100) / 100d;
		}

	}

}
