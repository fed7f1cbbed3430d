package io.github.costwise.benchmarks.eval.routing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import io.github.costwise.routing.RoutingModel;
import io.github.costwise.benchmarks.eval.routing.PooledSource.PooledRequest;

/**
 * Fits the routing model that comes with Costwise, and the same without each set of
 * sources, from public outcomes of models.
 *
 * @since 0.1.0
 */
public final class RoutingFit {

	private static final String VERSION = "1";

	private static final Map<String, Recipe> recipes = Map
		.of("llmrouter",
				new Recipe("llmrouter (ulab-uiuc/LLMRouter, MIT)",
						pairs("llama-3.1-nemotron-51b-instruct", "mistral-7b-instruct-v0.3", "llama-3.1-8b-instruct",
								"gemma-2-9b-it", "codegemma-7b", "qwen2.5-7b-instruct"),
						List.of("mistral-7b-instruct-v0.3", "gemma-2-9b-it", "llama-3.1-nemotron-51b-instruct")),
				"mmlu",
				new Recipe("mmlu (outcomes of lm-sys/RouteLLM, Apache-2.0; prompts MIT)",
						pairs("gpt-4-1106-preview", "mixtral-8x7b-instruct"),
						List.of("mixtral-8x7b-instruct", "", "gpt-4-1106-preview")),
				"mmlupro",
				new Recipe("mmlupro (TIGER-AI-Lab/MMLU-Pro, Apache-2.0)",
						List.of(List.of("Meta-Llama-3-8B", "Meta-Llama-3-70B"),
								List.of("Meta-Llama-3_1-8B-Instruct", "Meta-Llama-3_1-70B-Instruct")),
						List.of("Meta-Llama-3_1-8B-Instruct", "", "Meta-Llama-3_1-70B-Instruct")),
				"zeroeval",
				new Recipe("zeroeval (WildEval/ZeroEval, Apache-2.0)",
						List.of(List.of("gpt-4o-mini-2024-07-18", "o1-mini-2024-09-12"),
								List.of("claude-3-haiku-20240307", "claude-3-5-sonnet-20241022"),
								List.of("gpt-3.5-turbo-0125", "gpt-4o-2024-05-13"),
								List.of("Meta-Llama-3.1-8B-Instruct", "Meta-Llama-3.1-70B-Instruct")),
						List.of("claude-3-haiku-20240307", "gpt-4o-mini-2024-07-18", "claude-3-5-sonnet-20241022")));

	private final TextVectors vectors;

	private final Consumer<String> progress;

	/**
	 * Creates a fit.
	 * @param vectors encodes prompts
	 * @param progress receives what is going on
	 */
	public RoutingFit(TextVectors vectors, Consumer<String> progress) {
		this.vectors = vectors;
		this.progress = progress;
	}

	private static List<List<String>> pairs(String strong, String... weak) {
		return Arrays.stream(weak).map((model) -> List.of(model, strong)).toList();
	}

	/**
	 * Fits and writes the models.
	 * @param rows all rows, of every source
	 * @param folder where to write
	 * @return keys and values of the result
	 * @throws IOException if it cannot be written
	 */
	public Map<String, Object> run(List<RoutingRow> rows, Path folder) throws IOException {
		Map<String, List<Encoded>> sources = encoded(rows);
		Files.createDirectories(folder);
		Files.writeString(folder.resolve("prompts.txt"), prompts(sources));
		for (int mask = 0; mask < (1 << ShippedModels.SOURCES.size()) - 1; mask++) {
			Set<String> left = left(mask);
			String name = left.isEmpty() ? "routing-model.txt" : ShippedModels.name(left);
			this.progress.accept("fitting " + name);
			Files.writeString(folder.resolve(name), fit(sources, left).write());
		}
		Map<String, Object> result = new LinkedHashMap<>();
		sources.forEach((source, requests) -> result.put(source, requests.size()));
		result.put("encoder", this.vectors.encoder());
		return result;
	}

	private static Set<String> left(int mask) {
		Set<String> left = new TreeSet<>();
		for (int i = 0; i < ShippedModels.SOURCES.size(); i++) {
			if ((mask & (1 << i)) != 0) {
				left.add(ShippedModels.SOURCES.get(i));
			}
		}
		return left;
	}

	private Map<String, List<Encoded>> encoded(List<RoutingRow> rows) {
		Map<String, List<RoutingRow>> bySource = rows.stream()
			.filter((row) -> recipes.containsKey(row.source()) && !recipe(row).gains(row).isEmpty())
			.collect(Collectors.groupingBy(RoutingRow::source, TreeMap::new, Collectors.toList()));
		Map<String, List<Encoded>> encoded = new TreeMap<>();
		bySource.forEach((source, members) -> {
			this.progress.accept("encoding " + members.size() + " prompts of " + source);
			float[][] found = this.vectors.encode(members.stream().map(RoutingRow::prompt).toList());
			List<Encoded> list = new ArrayList<>();
			for (int i = 0; i < found.length; i++) {
				list.add(new Encoded(members.get(i), found[i]));
			}
			encoded.put(source, list);
		});
		return encoded;
	}

	private static Recipe recipe(RoutingRow row) {
		Recipe recipe = recipes.get(row.set().equals("llmrouter") ? "llmrouter" : row.source());
		if (recipe == null) {
			throw new IllegalStateException("No recipe for " + row.set());
		}
		return recipe;
	}

	private static String prompts(Map<String, List<Encoded>> sources) {
		StringBuilder text = new StringBuilder();
		sources.forEach((source, requests) -> text.append(source)
			.append(' ')
			.append(PromptPrints.of(requests.stream().map(Encoded::row).toList()).write())
			.append('\n'));
		return text.toString();
	}

	/** Prompts that occur in a source that is left out are left out everywhere. */
	private RoutingModel fit(Map<String, List<Encoded>> sources, Set<String> left) {
		PromptPrints prints = PromptPrints.of(left.stream()
			.flatMap((source) -> sources.getOrDefault(source, List.of()).stream())
			.map(Encoded::row)
			.toList());
		List<PooledSource> pooled = new ArrayList<>();
		sources.forEach((source, requests) -> {
			List<Encoded> kept = requests.stream().filter((request) -> !prints.contains(request.row())).toList();
			if (!left.contains(source) && !kept.isEmpty()) {
				pooled.add(new PooledSource(describe(source), requests(kept)));
			}
		});
		return new PooledFit(VERSION, this.vectors.encoder()).fit(pooled);
	}

	private static String describe(String source) {
		Recipe recipe = recipes.get(source);
		return (recipe != null) ? recipe.description() : source;
	}

	private static List<PooledRequest> requests(List<Encoded> source) {
		Map<List<String>, double[]> moments = moments(source);
		return source.stream().map((request) -> {
			RoutingRow row = request.row();
			double gain = recipe(row).gains(row)
				.entrySet()
				.stream()
				.mapToDouble((entry) -> standard(entry.getValue(), moments.getOrDefault(entry.getKey(), new double[2])))
				.average()
				.orElse(0);
			List<String> ladder = recipe(row).ladder();
			return new PooledRequest(row.prompt(), request.vector(), gain, enough(row, ladder.get(0), ladder.get(2)),
					enough(row, ladder.get(1), ladder.get(2)));
		}).toList();
	}

	private static double standard(double gain, double[] moments) {
		return (moments[1] > 0) ? (gain - moments[0]) / moments[1] : 0;
	}

	/** Mean and deviation of the gain of each pair of models. */
	private static Map<List<String>, double[]> moments(List<Encoded> source) {
		Map<List<String>, List<Double>> gains = new LinkedHashMap<>();
		source.forEach((request) -> recipe(request.row()).gains(request.row())
			.forEach((pair, gain) -> gains.computeIfAbsent(pair, (key) -> new ArrayList<>()).add(gain)));
		Map<List<String>, double[]> moments = new LinkedHashMap<>();
		gains.forEach((pair, values) -> {
			double mean = values.stream().mapToDouble((gain) -> gain).average().orElse(0);
			double variance = values.stream().mapToDouble((gain) -> (gain - mean) * (gain - mean)).average().orElse(0);
			moments.put(pair, new double[] { mean, Math.sqrt(variance) });
		});
		return moments;
	}

	private static double enough(RoutingRow row, String model, String best) {
		return row.has(model, best) ? 1 - Math.max(0, row.score(best) - row.score(model)) : Double.NaN;
	}

	private record Encoded(RoutingRow row, float[] vector) {

	}

	/**
	 * What a source is used for.
	 *
	 * @param description its name and licence
	 * @param pairs pairs of a cheap and a capable model
	 * @param ladder a light, a standard and a premium model
	 */
	private record Recipe(String description, List<List<String>> pairs, List<String> ladder) {

		private Map<List<String>, Double> gains(RoutingRow row) {
			Map<List<String>, Double> gains = new LinkedHashMap<>();
			for (List<String> pair : this.pairs) {
				if (row.has(pair.get(0), pair.get(1))) {
					gains.put(pair, row.score(pair.get(1)) - row.score(pair.get(0)));
				}
			}
			return gains;
		}

	}

}
