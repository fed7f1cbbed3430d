package io.github.costwise.benchmarks.eval;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

import org.springframework.util.FileSystemUtils;

import io.github.costwise.benchmarks.startup.EmptyWebApplication;

/**
 * Times the start of an empty web application with and without the starter, in fresh
 * processes that alternate. Beside the starter as it comes, it is timed with its
 * endpoints exposed and a property of its own set, so that nothing waits for its first
 * use; the share of Costwise itself is counted apart from that of what the starter
 * brings.
 */
final class StartupCommand implements EvalCommand {

	private static final String OWN = "io/github/costwise/";

	private static final int BARE = 0;

	private static final int WHOLE = 1;

	private static final int IN_USE = 2;

	private static final int BROUGHT = 3;

	/** What is compared follows each other, as the machine changes its speed. */
	private static final int[] ORDER = { BARE, WHOLE, IN_USE, BROUGHT };

	private static final int[] REVERSED = { BROUGHT, IN_USE, WHOLE, BARE };

	private static final List<String> SETTINGS = List
		.of("--management.endpoints.web.exposure.include=costs,costevents,costexport", "--costwise.mode=enforce");

	/** What a web application of Spring Boot consists of, without the starter. */
	private static final List<String> WEB = List.of("io/github/costwise/benchmarks/startup/", "ch/qos/logback/",
			"com/fasterxml/jackson/annotation/", "io/micrometer/common/", "io/micrometer/observation/", "jakarta/",
			"org/aopalliance/", "org/apache/", "org/jspecify/", "org/slf4j/", "org/springframework/",
			"org/yaml/snakeyaml/", "tools/jackson/core/", "tools/jackson/databind/");

	/** What the starter brings. */
	private static final List<String> STARTER = List.of(OWN, "com/ethlo/", "com/fasterxml/classmate/",
			"com/github/victools/", "com/knuddels/", "com/networknt/", "io/micrometer/", "reactor/", "io/swagger/",
			"org/stringtemplate/", "org/antlr/", "org/HdrHistogram/", "org/reactivestreams/", "org/springframework/ai/",
			"org/springframework/boot/actuate/", "org/springframework/boot/micrometer/observation/",
			"org/springframework/messaging/");

	/** What only the benchmarks bring. */
	private static final List<String> NEITHER = List.of("io/github/costwise/benchmarks/",
			"io/github/costwise/embedding/", "io/github/costwise/testsupport/", "org/aspectj/", "ai/", "native/",
			"com/google/gson/", "com/sun/jna/", "dev/langchain4j/", "org/apache/hc/", "org/apache/http/",
			"org/apache/commons/math3/", "org/springframework/ai/openai/", "org/springframework/ai/anthropic/",
			"org/springframework/ai/google/", "org/springframework/ai/ollama/", "org/springframework/ai/retry/",
			"org/springframework/boot/restclient/", "org/springframework/boot/webclient/",
			"org/springframework/boot/health/", "org/springframework/boot/micrometer/metrics/",
			"org/springframework/boot/micrometer/tracing/", "org/springframework/boot/http/client/",
			"org/springframework/web/reactive/", "reactor/netty/", "org/springframework/ai/vectorstore/",
			"org/springframework/dao/", "org/springframework/data/", "org/springframework/jdbc/",
			"org/springframework/transaction/", "org/apache/commons/pool2/", "jakarta/persistence/",
			"jakarta/validation/");

	@Override
	public String name() {
		return "startup";
	}

	@Override
	public List<Option> options() {
		return List.of(new Option("rounds", "N", false), Option.SEED);
	}

	@Override
	public Map<String, Object> run(Options options, Progress progress) throws Exception {
		int rounds = options.count("rounds", 15);
		Path folder = Files.createTempDirectory("costwise-startup");
		try {
			List<Variant> variants = variants(folder);
			ProcessStart[][] starts = new ProcessStart[variants.size()][rounds];
			for (Variant variant : variants) {
				start(variant);
			}
			for (int i = 0; i < rounds; i++) {
				for (int next : (i % 2 == 0) ? ORDER : REVERSED) {
					starts[next][i] = start(variants.get(next));
				}
				progress.say("round %d: %.0f ms bare, %.0f with the starter, %.0f with it in use".formatted(i + 1,
						starts[BARE][i].millis(), starts[WHOLE][i].millis(), starts[IN_USE][i].millis()));
			}
			return result(starts);
		}
		finally {
			FileSystemUtils.deleteRecursively(folder);
		}
	}

	/**
	 * The application alone, with the starter, with the starter and settings that put all
	 * of it to use, and with the same but for Costwise itself.
	 */
	private static List<Variant> variants(Path folder) throws IOException {
		String classPath = System.getProperty("java.class.path");
		Path bare = folder.resolve("bare.jar");
		JarSubset.write(classPath, WEB, join(STARTER, NEITHER), bare);
		Path brought = folder.resolve("brought.jar");
		List<String> others = STARTER.stream().filter((prefix) -> !prefix.equals(OWN)).toList();
		JarSubset.write(classPath, join(WEB, others), join(NEITHER, List.of(OWN)), brought);
		Path whole = folder.resolve("whole.jar");
		JarSubset.write(classPath, join(WEB, STARTER), NEITHER, whole);
		return List.of(new Variant(bare, List.of()), new Variant(whole, List.of()), new Variant(whole, SETTINGS),
				new Variant(brought, SETTINGS));
	}

	private static List<String> join(List<String> first, List<String> second) {
		return Stream.concat(first.stream(), second.stream()).toList();
	}

	private static Map<String, Object> result(ProcessStart[][] starts) {
		Map<String, Object> result = new LinkedHashMap<>();
		result.put("rounds", starts[BARE].length);
		result.put("bareMillis", Map.of("p50", median(values(starts[BARE], ProcessStart::millis))));
		result.put("addedMillis", added(starts[WHOLE], starts[BARE], ProcessStart::millis));
		result.put("addedInUseMillis", added(starts[IN_USE], starts[BARE], ProcessStart::millis));
		result.put("addedByCostwiseItselfMillis", added(starts[IN_USE], starts[BROUGHT], ProcessStart::millis));
		result.put("bareCpuMillis", Map.of("p50", median(values(starts[BARE], ProcessStart::cpuMillis))));
		result.put("addedCpuMillis", added(starts[WHOLE], starts[BARE], ProcessStart::cpuMillis));
		return result;
	}

	private static Map<String, Double> added(ProcessStart[] more, ProcessStart[] less,
			ToDoubleFunction<ProcessStart> value) {
		double[] difference = values(more, value);
		double[] base = values(less, value);
		Arrays.setAll(difference, (i) -> difference[i] - base[i]);
		return Map.of("p50", median(difference));
	}

	private static double[] values(ProcessStart[] starts, ToDoubleFunction<ProcessStart> value) {
		return Arrays.stream(starts).mapToDouble(value).toArray();
	}

	private static double median(double[] values) {
		double[] sorted = values.clone();
		Arrays.sort(sorted);
		int middle = sorted.length / 2;
		return Math.round((sorted.length % 2 == 1) ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2);
	}

	private static ProcessStart start(Variant variant) throws IOException {
		List<String> command = new ArrayList<>(List.of(
				Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", variant.jar().toString(),
				EmptyWebApplication.class.getName(), "--server.port=0", "--spring.main.banner-mode=off"));
		command.addAll(variant.settings());
		long begin = System.nanoTime();
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		try (BufferedReader out = new BufferedReader(
				new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
			StringBuilder said = new StringBuilder();
			for (String line = out.readLine(); line != null; line = out.readLine()) {
				if (line.equals(EmptyWebApplication.READY)) {
					return new ProcessStart((System.nanoTime() - begin) / 1e6, cpuMillis(process));
				}
				said.append(line).append('\n');
			}
			throw new IllegalStateException("The application did not start:\n" + said);
		}
		finally {
			process.destroyForcibly();
		}
	}

	private static double cpuMillis(Process process) {
		return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e6;
	}

	/** An application to start, and how. */
	private record Variant(Path jar, List<String> settings) {

	}

	/**
	 * From the start of the process until it is ready: time, and CPU time of all threads.
	 */
	private record ProcessStart(double millis, double cpuMillis) {

	}

}
