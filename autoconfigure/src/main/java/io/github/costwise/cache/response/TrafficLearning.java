package io.github.costwise.cache.response;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.github.costwise.CostwiseConfigurationException;
import io.github.costwise.background.Background;
import io.github.costwise.background.Team;
import io.github.costwise.cache.policy.SemanticRules;
import io.github.costwise.cache.verify.EvidenceGroups;
import io.github.costwise.faults.Faults;
import io.github.costwise.spi.TextEncoder;

/**
 * Lets a learning group learn, before it has learnt anything else, from a file of earlier
 * traffic: what {@link TrafficFile} writes and the evaluation commands read. Nothing of
 * the file is served. Happens on a thread of its own. Thread-safe.
 *
 * @since 0.1.0
 */
public final class TrafficLearning implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(TrafficLearning.class);

	private static final int BATCH = 32;

	private static final int MOST = 100_000;

	private static final long CLOSE_MILLIS = 5_000;

	private final JsonMapper json = JsonMapper.shared();

	private final LearningGroups groups;

	private final TextEncoder encoder;

	private final Team team;

	private volatile @Nullable Thread thread;

	private volatile boolean closed;

	/**
	 * Creates an instance.
	 * @param groups what was learnt
	 * @param encoder encodes the questions
	 * @param background does it
	 */
	public TrafficLearning(LearningGroups groups, TextEncoder encoder, Background background) {
		this.groups = groups;
		this.encoder = encoder;
		this.team = background.team("traffic", Faults.Kind.CACHE);
	}

	/**
	 * Begins to learn. A group that has learnt already, in an earlier run or another
	 * instance, is ignored; of a longer file the first 100,000 rows are read.
	 * @param file the file, compressed if its name ends with {@code .gz}
	 * @param feature the feature whose traffic it is, or {@code null} for none
	 * @param rules the rules of the policy that this traffic follows
	 * @throws CostwiseConfigurationException if the file cannot be read
	 */
	public void start(Path file, @Nullable String feature, SemanticRules rules) {
		if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
			throw new CostwiseConfigurationException("The traffic file " + file + " cannot be read.",
					"Set costwise.cache.traffic.learn-from to a file that can be, or remove it.");
		}
		this.thread = this.team
			.start(() -> learn(file, (group) -> this.groups.of(feature, rules, this.encoder.id(), group)));
	}

	private void learn(Path file, Function<String, GroupLearner> learners) {
		TaughtLanguages traffic = new TaughtLanguages(new EvidenceGroups(this.encoder), learners);
		try (BufferedReader reader = open(file)) {
			long rows = learn(reader, traffic);
			logger.info("Costwise: learnt from " + traffic.taught() + " of " + rows + " rows of " + file);
		}
		catch (IOException ex) {
			throw new IllegalArgumentException("The traffic file " + file + " cannot be read", ex);
		}
	}

	private static BufferedReader open(Path file) throws IOException {
		InputStream bytes = Files.newInputStream(file);
		boolean compressed = file.toString().endsWith(".gz");
		return new BufferedReader(
				new InputStreamReader(compressed ? new GZIPInputStream(bytes) : bytes, StandardCharsets.UTF_8));
	}

	private long learn(BufferedReader reader, TaughtLanguages traffic) throws IOException {
		long number = 0;
		List<TrafficRow> batch = new ArrayList<>(BATCH);
		for (String line = reader.readLine(); line != null && number < MOST && !this.closed; line = reader.readLine()) {
			number++;
			if (!line.isBlank()) {
				batch.add(row(line, number));
			}
			if (batch.size() == BATCH) {
				teach(batch, traffic);
			}
		}
		teach(batch, traffic);
		return number;
	}

	private void teach(List<TrafficRow> batch, TaughtLanguages traffic) {
		if (batch.isEmpty()) {
			return;
		}
		List<float[]> vectors = this.encoder.encode(batch.stream().map(TrafficRow::text).toList());
		for (int i = 0; i < vectors.size() && !this.closed; i++) {
			traffic.teach(batch.get(i).text(), batch.get(i).answer(), vectors.get(i));
		}
		batch.clear();
	}

	/** Names the line, never its text. */
	private TrafficRow row(String line, long number) {
		try {
			JsonNode row = this.json.readTree(line);
			String text = row.path("text").stringValue("");
			String answer = row.path("answer").asString("");
			if (!text.isBlank() && !answer.isEmpty()) {
				return new TrafficRow(text, answer);
			}
		}
		catch (JacksonException ex) {
			logger.trace("A line is not JSON", ex);
		}
		throw new IllegalArgumentException(
				"Line " + number + " of the traffic file is no JSON object with 'text' and 'answer'");
	}

	/** Ends learning, and waits for that for five seconds at the most. */
	@Override
	public void close() {
		this.closed = true;
		Thread learning = this.thread;
		try {
			if (learning != null) {
				learning.join(CLOSE_MILLIS);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private record TrafficRow(String text, String answer) {

	}

}
