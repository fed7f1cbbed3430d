package io.github.costwise.quality;

import java.util.Arrays;
import java.util.stream.Collectors;

import io.github.costwise.text.Parts;

/**
 * What a calibrated gate judges by: what the capable model is expected to gain, and how
 * much of it is worth a call. Its text has one key and its values a line. Immutable and
 * thread-safe.
 *
 * @param estimate expects the gain
 * @param escalateAbove what the capable model must be expected to gain, for the cheap
 * answer to be replaced, -1 to 1
 * @param routing version of the routing model whose difficulties the estimate was fitted
 * on
 * @since 0.1.0
 */
public record GateModel(EscalationEstimate estimate, double escalateAbove, String routing) {

	private static final String FORMAT = "costwise-gate-model 1";

	private static final int LINES = 6;

	/**
	 * Creates a model.
	 * @throws IllegalArgumentException if the level is out of its range or the version is
	 * not one line of text
	 */
	public GateModel {
		if (!(escalateAbove >= -1 && escalateAbove <= 1)) {
			throw new IllegalArgumentException("A gain goes from -1 to 1");
		}
		if (routing.isEmpty() || !routing.equals(routing.strip()) || routing.lines().count() != 1) {
			throw new IllegalArgumentException("The version of a routing model is one line of text");
		}
	}

	/**
	 * Writes the model as text, which reads back as a model that judges alike.
	 * @return a text of several lines
	 */
	public String write() {
		return String.join("\n", FORMAT, "routing " + this.routing, "escalate-above " + this.escalateAbove,
				"mean " + text(this.estimate.means()), "deviation " + text(this.estimate.deviations()),
				"weights " + text(this.estimate.weights())) + "\n";
	}

	private static String text(double[] numbers) {
		return Arrays.stream(numbers).mapToObj(Double::toString).collect(Collectors.joining(" "));
	}

	/**
	 * Reads a model.
	 * @param text what {@link #write()} gave
	 * @return the model
	 * @throws IllegalArgumentException if it is no model of this version of Costwise;
	 * names the line
	 */
	public static GateModel read(String text) {
		String[] lines = text.stripTrailing().lines().map(String::strip).toArray(String[]::new);
		check(lines.length > 0 && lines[0].equals(FORMAT), 1, "must be \"" + FORMAT + "\"");
		check(lines.length <= LINES, LINES + 1, "must not be there");
		String routing = value(lines, 2, "routing");
		double escalateAbove = numbers(lines, 3, "escalate-above", 1)[0];
		check(Math.abs(escalateAbove) <= 1, 3, "must hold a number from -1 to 1");
		double[] means = numbers(lines, 4, "mean", Evidence.SIZE);
		double[] deviations = numbers(lines, 5, "deviation", Evidence.SIZE);
		check(Arrays.stream(deviations).allMatch((deviation) -> deviation > 0), 5, "must hold numbers above 0");
		double[] weights = numbers(lines, LINES, "weights", Evidence.SIZE + 1);
		return new GateModel(new EscalationEstimate(means, deviations, weights), escalateAbove, routing);
	}

	private static String value(String[] lines, int number, String key) {
		boolean there = lines.length >= number && lines[number - 1].startsWith(key + " ");
		check(there, number, "must begin with \"" + key + "\"");
		return lines[number - 1].substring(key.length()).strip();
	}

	private static double[] numbers(String[] lines, int number, String key, int count) {
		String[] texts = Parts.words(value(lines, number, key));
		check(texts.length == count, number, "must hold " + count + " numbers, not " + texts.length);
		double[] numbers = new double[count];
		for (int i = 0; i < count; i++) {
			numbers[i] = number(texts[i], number);
		}
		return numbers;
	}

	private static double number(String text, int line) {
		try {
			double number = Double.parseDouble(text);
			check(Double.isFinite(number), line, "must hold finite numbers, not " + text);
			return number;
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException("Line " + line + " must hold numbers, not " + text, ex);
		}
	}

	private static void check(boolean right, int line, String otherwise) {
		if (!right) {
			throw new IllegalArgumentException("Line " + line + " " + otherwise);
		}
	}

}
