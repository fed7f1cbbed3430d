package io.github.costwise.benchmarks.eval;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.costwise.benchmarks.eval.text.EntryFunctions;
import io.github.costwise.benchmarks.eval.text.GrowthMeasurement;
import io.github.costwise.benchmarks.eval.text.GrowthSurvey;
import io.github.costwise.benchmarks.eval.text.GrowthSurvey.Growth;
import io.github.costwise.benchmarks.eval.text.HostileInputs;
import io.github.costwise.benchmarks.eval.text.PatternFunctions;
import io.github.costwise.benchmarks.eval.text.TextFunction;
import io.github.costwise.spi.TextEncoder;

/** Measures how the time of every text function grows with hostile texts. */
final class TextCommand implements EvalCommand {

	private static final int LENGTH = 20_000;

	private static final int LONGER = 80_000;

	/** How many functions the result shows. */
	private static final int SHOWN = 5;

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
		GrowthSurvey survey = new GrowthSurvey(new GrowthMeasurement(), HostileInputs.of(LENGTH),
				HostileInputs.of(LONGER));
		for (TextFunction function : functions) {
			Growth worst = survey.add(function);
			progress.say(function.name() + ": " + worst.ratio() + " " + worst.input());
		}
		survey.lookAgain();
		return result(functions.size(), survey.worst(SHOWN));
	}

	private static Map<String, Object> result(int functions, List<Growth> worst) {
		Map<String, Object> result = new LinkedHashMap<>();
		result.put("functions", functions);
		result.put("worstRatio", worst.get(0).ratio());
		result.put("worst", named(worst.get(0)));
		result.put("worstFunctions", worst.stream().map(TextCommand::withRatio).toList());
		return result;
	}

	private static Map<String, Object> withRatio(Growth growth) {
		Map<String, Object> row = named(growth);
		row.put("ratio", growth.ratio());
		return row;
	}

	private static Map<String, Object> named(Growth growth) {
		Map<String, Object> row = new LinkedHashMap<>();
		row.put("function", growth.function().name());
		row.put("input", growth.input());
		return row;
	}

}
