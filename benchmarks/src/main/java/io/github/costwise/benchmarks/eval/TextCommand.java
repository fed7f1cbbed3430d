package io.github.costwise.benchmarks.eval;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.costwise.benchmarks.eval.text.EntryFunctions;
import io.github.costwise.benchmarks.eval.text.GrowthMeasurement;
import io.github.costwise.benchmarks.eval.text.HostileInputs;
import io.github.costwise.benchmarks.eval.text.PatternFunctions;
import io.github.costwise.benchmarks.eval.text.TextFunction;
import io.github.costwise.encoding.TextEncoder;

/** Measures how the time of every text function grows with hostile texts. */
final class TextCommand implements EvalCommand {

	private static final int LENGTH = 20_000;

	private static final int LONGER = 80_000;

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
		Map<String, String> texts = HostileInputs.of(LENGTH);
		Map<String, String> longer = HostileInputs.of(LONGER);
		GrowthMeasurement measurement = new GrowthMeasurement();
		Worst worst = new Worst(0, "", "");
		for (TextFunction function : functions) {
			Worst own = new Worst(0, function.name(), "");
			for (Map.Entry<String, String> text : texts.entrySet()) {
				double ratio = measurement.of(function, text.getValue(), longer.get(text.getKey()));
				own = own.or(new Worst(ratio, function.name(), text.getKey()));
			}
			progress.say(own.function() + ": " + own.rounded() + " " + own.input());
			worst = worst.or(own);
		}
		Map<String, Object> result = new LinkedHashMap<>();
		result.put("functions", functions.size());
		result.put("worstRatio", worst.rounded());
		result.put("worst", Map.of("function", worst.function(), "input", worst.input()));
		return result;
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
			return Math.round(this.ratio * 100) / 100d;
		}

	}

}
