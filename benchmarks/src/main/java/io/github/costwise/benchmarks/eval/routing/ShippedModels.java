package io.github.costwise.benchmarks.eval.routing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.github.costwise.routing.LinearScore;
import io.github.costwise.routing.RoutingModel;

/**
 * The routing model that comes with Costwise, and what the same fit gives without some of
 * its sources, so that none is measured on what it was fitted on.
 */
final class ShippedModels {

	static final List<String> SOURCES = List.of("llmrouter", "mmlu", "mmlupro", "zeroeval");

	private ShippedModels() {
	}

	/**
	 * Returns the sources that share their name or a prompt with rows.
	 * @param rows the rows
	 * @return names of sources
	 */
	static Set<String> sourcesOf(Collection<RoutingRow> rows) {
		Set<String> sources = new TreeSet<>();
		Map<String, PromptPrints> prints = prints();
		for (RoutingRow row : rows) {
			sources.add(row.source());
			prints.forEach((source, known) -> {
				if (known.contains(row)) {
					sources.add(source);
				}
			});
		}
		sources.retainAll(SOURCES);
		return sources;
	}

	private static Map<String, PromptPrints> prints() {
		Map<String, PromptPrints> prints = new TreeMap<>();
		resource("prompts.txt").lines().forEach((line) -> {
			int blank = line.indexOf(' ');
			prints.put(line.substring(0, blank), PromptPrints.read(line.substring(blank + 1)));
		});
		return prints;
	}

	static RoutingModel without(Set<String> sources) {
		if (sources.isEmpty()) {
			return RoutingModel.shipped();
		}
		return sources.containsAll(SOURCES) ? lengthOnly() : RoutingModel.read(resource(name(sources)));
	}

	static String name(Set<String> sources) {
		return "without-" + String.join("-", new TreeSet<>(sources)) + ".txt";
	}

	private static RoutingModel lengthOnly() {
		RoutingModel shipped = RoutingModel.shipped();
		double[] weights = new double[shipped.plain().weights().length];
		weights[0] = 1;
		return new RoutingModel("length", List.of(), shipped.scale(),
				new LinearScore(weights, 0, shipped.plain().link()), null);
	}

	private static String resource(String name) {
		try (InputStream in = ShippedModels.class.getResourceAsStream(name)) {
			if (in == null) {
				throw new IllegalStateException("Run eval fit-routing: " + name + " is missing");
			}
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
