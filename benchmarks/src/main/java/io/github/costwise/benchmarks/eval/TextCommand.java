package io.github.costwise.benchmarks.eval;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import io.github.costwise.benchmarks.eval.text.EntryFunctions;
import io.github.costwise.benchmarks.eval.text.GrowthMeasurement;
import io.github.costwise.benchmarks.eval.text.HostileInputs;
import io.github.costwise.benchmarks.eval.text.PatternFunctions;
import io.github.costwise.benchmarks.eval.text.TextFunction;
import io.github.costwise.encoding.TextEncoder;

/**
 * Measures how the time of every text function grows with hostile texts. A time that only
 * steps up once, such as where a text no longer fits into a buffer that is kept, does not
 * grow on with the text: what seems to grow faster is measured once more, with texts four
 * times as long again, and the smaller of both ratios counts.
 */
final class TextCommand implements EvalCommand {

	private static final int LENGTH = 20_000;

	private static final int LONGER = 80_000;

	private static final int LONGEST = 320_000;

	/** More than this is measured once more. */
	private static final double PLAIN = 5;

	/** More than this is told, also where it turns out to be a step. */
	private static final double GROWS = 6;

	private final TextEncoder encoder;

	TextCommand(TextEncoder encoder) {
		this.encoder = encoder;
	}

	@Override
	public String name() {
		return "text";
	}

	@Override
	public List<Option> options() {
		return List.of();
	}

	@Override
	public Map<String, Object> run(Options options, Progress progress) {
		List<TextFunction> functions = new ArrayList<>(PatternFunctions.all());
		functions.addAll(new EntryFunctions(this.encoder).all());
		Texts texts = new Texts(HostileInputs.of(LENGTH), HostileInputs.of(LONGER), HostileInputs.of(LONGEST));
		Worst worst = new Worst(0, "", "");
		Map<String, String> steps = new TreeMap<>();
		for (TextFunction function : functions) {
			Worst own = worst(function, texts, steps);
			progress.say(own.function() + ": " + own.rounded() + " " + own.input());
			worst = worst.or(own);
		}
		Map<String, Object> result = new LinkedHashMap<>();
		result.put("functions", functions.size());
		result.put("worstRatio", worst.rounded());
		result.put("worst", Map.of("function", worst.function(), "input", worst.input()));
		result.put("steps", steps);
		return result;
	}

	private static Worst worst(TextFunction function, Texts texts, Map<String, String> steps) {
		GrowthMeasurement measurement = new GrowthMeasurement();
		Worst worst = new Worst(0, function.name(), "");
		for (String name : texts.few().keySet()) {
			double ratio = measurement.of(function, texts.few(name), texts.many(name));
			if (ratio > PLAIN) {
				double further = measurement.of(function, texts.many(name), texts.most(name));
				if (ratio > GROWS) {
					steps.put(function.name() + ", " + name, rounded(ratio) + ", then " + rounded(further));
				}
				ratio = Math.min(ratio, further);
			}
			worst = worst.or(new Worst(ratio, function.name(), name));
		}
		return worst;
	}

	private static double rounded(double ratio) {
		return Math.round(ratio * 100) / 100d;
	}

	/** The texts of three lengths, by what they are. */
	private record Texts(Map<String, String> few, Map<String, String> many, Map<String, String> most) {

		String few(String name) {
			return Objects.requireNonNull(this.few.get(name));
		}

		String many(String name) {
			return Objects.requireNonNull(this.many.get(name));
		}

		String most(String name) {
			return Objects.requireNonNull(this.most.get(name));
		}

	}

	/**
	 * The largest ratio.
	 *
	 * @param ratio time for the longer text over time for the other
	 * @param function what took the time
	 * @param input what the text is
	 */
	private record Worst(double ratio, String function, String input) {

		Worst or(Worst other) {
			return (other.ratio > this.ratio) ? other : this;
		}

		double rounded() {
			return TextCommand.rounded(this.ratio);
		}

	}

}
