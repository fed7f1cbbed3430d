package io.github.costwise.benchmarks.eval;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.springframework.util.FileSystemUtils;

import io.github.costwise.benchmarks.startup.EmptyWebApplication;

/**
 * Times the start of an empty web application with and without the starter, in fresh
 * processes that alternate. The share of Costwise itself is told apart from that of what
 * the starter brings: the actuator, AspectJ and Spring AI.
 */
final class StartupCommand implements EvalCommand {

	private static final String OWN = "io/github/costwise/";

	/** What a web application of Spring Boot consists of, without the starter. */
	private static final List<String> WEB = List.of("io/github/costwise/benchmarks/startup/", "ch/qos/logback/",
			"com/fasterxml/jackson/annotation/", "io/micrometer/common/", "io/micrometer/observation/", "jakarta/",
			"org/aopalliance/", "org/apache/", "org/jspecify/", "org/slf4j/", "org/springframework/",
			"org/yaml/snakeyaml/", "tools/jackson/core/", "tools/jackson/databind/");

	/** What the starter brings. */
	private static final List<String> STARTER = List.of(OWN, "com/ethlo/", "com/fasterxml/classmate/",
			"com/github/victools/", "com/knuddels/", "com/networknt/", "io/micrometer/", "reactor/", "io/swagger/",
			"org/stringtemplate/", "org/antlr/", "org/aspectj/", "org/HdrHistogram/", "org/reactivestreams/",
			"org/springframework/ai/", "org/springframework/boot/actuate/",
			"org/springframework/boot/micrometer/observation/", "org/springframework/messaging/");

	/** What only the benchmarks bring. */
	private static final List<String> NEITHER = List.of("io/github/costwise/benchmarks/",
			"io/github/costwise/embedding/", "io/github/costwise/testsupport/", "ai/", "native/", "com/google/gson/",
			"com/sun/jna/", "dev/langchain4j/", "org/apache/hc/", "org/apache/http/", "org/apache/commons/math3/",
			"org/springframework/ai/openai/", "org/springframework/ai/anthropic/", "org/springframework/ai/google/",
			"org/springframework/ai/ollama/", "org/springframework/ai/retry/", "org/springframework/boot/restclient/",
			"org/springframework/boot/webclient/", "org/springframework/boot/health/",
			"org/springframework/boot/micrometer/metrics/", "org/springframework/boot/micrometer/tracing/",
			"org/springframework/boot/http/client/", "org/springframework/web/reactive/", "reactor/netty/",
			"org/springframework/ai/vectorstore/", "org/springframework/dao/", "org/springframework/data/",
			"org/springframework/jdbc/", "org/springframework/transaction/", "org/apache/commons/pool2/",
			"jakarta/persistence/", "jakarta/validation/");

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
			List<Path> jars = jars(folder);
			double[][] millis = new double[jars.size()][rounds];
			for (Path jar : jars) {
				start(jar);
			}
			for (int i = 0; i < rounds; i++) {
				for (int j = 0; j < jars.size(); j++) {
					int next = (i + j) % jars.size();
					millis[next][i] = start(jars.get(next));
				}
				progress.say("round %d: %.0f ms bare, %.0f with what the starter brings, %.0f with all of it"
					.formatted(i + 1, millis[0][i], millis[1][i], millis[2][i]));
			}
			return result(millis);
		}
		finally {
			FileSystemUtils.deleteRecursively(folder);
		}
	}

	/**
	 * Writes the application alone, with what the starter brings, and with the starter.
	 */
	private static List<Path> jars(Path folder) throws IOException {
		String classPath = System.getProperty("java.class.path");
		Path bare = folder.resolve("bare.jar");
		JarSubset.write(classPath, WEB, join(STARTER, NEITHER), bare);
		Path brought = folder.resolve("brought.jar");
		List<String> others = STARTER.stream().filter((prefix) -> !prefix.equals(OWN)).toList();
		JarSubset.write(classPath, join(WEB, others), join(NEITHER, List.of(OWN)), brought);
		Path whole = folder.resolve("whole.jar");
		JarSubset.write(classPath, join(WEB, STARTER), NEITHER, whole);
		return List.of(bare, brought, whole);
	}

	private static List<String> join(List<String> first, List<String> second) {
		return Stream.concat(first.stream(), second.stream()).toList();
	}

	private static Map<String, Object> result(double[][] millis) {
		Map<String, Object> result = new LinkedHashMap<>();
		result.put("rounds", millis[0].length);
		result.put("bareMillis", Map.of("p50", median(millis[0])));
		result.put("addedMillis", Map.of("p50", median(difference(millis[2], millis[0]))));
		result.put("addedByCostwiseItselfMillis", Map.of("p50", median(difference(millis[2], millis[1]))));
		return result;
	}

	private static double[] difference(double[] more, double[] less) {
		double[] difference = new double[more.length];
		Arrays.setAll(difference, (i) -> more[i] - less[i]);
		return difference;
	}

	private static double median(double[] values) {
		double[] sorted = values.clone();
		Arrays.sort(sorted);
		int middle = sorted.length / 2;
		return Math.round((sorted.length % 2 == 1) ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2);
	}

	/** Returns the milliseconds from the start of the process until it is ready. */
	private static double start(Path jar) throws IOException {
		long begin = System.nanoTime();
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				jar.toString(), EmptyWebApplication.class.getName(), "--server.port=0", "--spring.main.banner-mode=off")
			.redirectErrorStream(true)
			.start();
		try (BufferedReader out = new BufferedReader(
				new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
			StringBuilder said = new StringBuilder();
			for (String line = out.readLine(); line != null; line = out.readLine()) {
				if (line.equals(EmptyWebApplication.READY)) {
					return (System.nanoTime() - begin) / 1e6;
				}
				said.append(line).append('\n');
			}
			throw new IllegalStateException("The application did not start:\n" + said);
		}
		finally {
			process.destroyForcibly();
		}
	}

}
