package io.github.costwise.benchmarks.eval.cache;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

import io.github.costwise.benchmarks.eval.cache.StreamResult.StreamOutcome;
import io.github.costwise.cache.verify.CacheQuestion;
import io.github.costwise.cache.verify.HitDecision;
import io.github.costwise.cache.verify.HitDecision.Accept;
import io.github.costwise.cache.verify.HitDecision.Decline;
import io.github.costwise.cache.verify.LabelRecord;
import io.github.costwise.cache.verify.LearningGroup;
import io.github.costwise.cache.verify.NearEntry;
import io.github.costwise.cache.verify.Placement;
import io.github.costwise.cache.verify.VerifierSettings;
import io.github.costwise.encoding.TextLanguage;
import io.github.costwise.model.CacheKey;

/**
 * A stream of requests through the semantic tier, which starts empty. On a miss the
 * model's answer is the one in the file; it is compared, learnt from and stored as in
 * production, unless the encoder cannot compare it. The exact tier is left out: the same
 * text is a request like any other.
 *
 * @since 0.1.0
 */
public final class StreamSimulation {

	private static final int FIRST_REPEATS = 600;

	private static final int LATER_REPEATS = 50;

	private final StreamData data;

	private final StreamSettings settings;

	private final Random random;

	private final Consumer<LabelRecord> log;

	private final long seed;

	private final Map<String, LearningGroup> verifiers = new HashMap<>();

	private final int[] order;

	private final Set<String> changing;

	private final FilledStore tier = new FilledStore();

	private int repeats;

	/**
	 * Prepares a run over all requests.
	 * @param data the requests
	 * @param settings how it is run
	 * @param seed the seed of all that is random
	 * @param log receives what was learnt
	 */
	public StreamSimulation(StreamData data, StreamSettings settings, long seed, Consumer<LabelRecord> log) {
		this(data, settings, seed, (random) -> new StreamOrder(data, random).order(settings.order()), log);
	}

	private StreamSimulation(StreamData data, StreamSettings settings, long seed, Function<Random, int[]> order,
			Consumer<LabelRecord> log) {
		this.data = data;
		this.settings = settings;
		this.random = new Random(seed);
		this.order = order.apply(this.random);
		this.changing = new StreamOrder(data, this.random).changing(settings.drift());
		this.seed = seed;
		this.log = log;
	}

	/** The prior is of English, and so is evidence of English alone. */
	private LearningGroup verifier(String group) {
		return this.verifiers.computeIfAbsent(group,
				(missing) -> new LearningGroup(
						new VerifierSettings(this.settings.profile(), this.settings.delta(),
								group.equals(TextLanguage.ENGLISH) ? this.settings.prior() : null, this.seed),
						this.log));
	}

	/**
	 * Prepares a run over a sub-stream.
	 * @param data the requests
	 * @param settings how it is run; its order counts for nothing
	 * @param seed the seed of all that is random
	 * @return the run
	 */
	public static StreamSimulation resampled(StreamData data, StreamSettings settings, long seed) {
		return new StreamSimulation(data, settings, seed, new SubStreams(data)::draw, (record) -> {
		});
	}

	/**
	 * Runs the stream.
	 * @return what it gave
	 */
	public StreamResult run() {
		StreamOutcome[] outcomes = new StreamOutcome[this.order.length];
		long[] lookups = new long[this.order.length];
		long[] decisions = new long[this.order.length];
		for (int i = 0; i < this.order.length; i++) {
			int request = this.order[i];
			String group = this.data.group(request);
			CacheKey key = key(request, String.valueOf(group));
			if (group == null) {
				outcomes[i] = StreamOutcome.MISS;
				continue;
			}
			long start = System.nanoTime();
			CacheQuestion question = this.tier.question(key.partition(), this.data.request(request).text(),
					this.data.vector(request), this.settings.neighbours());
			long found = System.nanoTime();
			HitDecision decision = verifier(group).decide(question);
			long end = System.nanoTime();
			lookups[i] = end - start;
			decisions[i] = end - found;
			outcomes[i] = outcome(request, key, answer(request, i), decision);
		}
		return new StreamResult(outcomes, this.repeats, lookups, decisions);
	}

	/** Texts of different groups are never compared. */
	private CacheKey key(int request, String group) {
		String tenant = "tenant " + this.random.nextInt(this.settings.tenants()) + " " + group;
		return new CacheKey(SampleEntries.digest(tenant), SampleEntries.digest(String.valueOf(request)));
	}

	private String answer(int request, int position) {
		String answer = this.data.request(request).answer();
		return (2 * position >= this.order.length && this.changing.contains(answer)) ? answer + " (changed)" : answer;
	}

	private StreamOutcome outcome(int request, CacheKey key, String answer, HitDecision decision) {
		if (decision instanceof Accept hit) {
			return this.tier.isAnswerOf(hit.candidate().id(), answer) ? StreamOutcome.RIGHT : StreamOutcome.WRONG;
		}
		LearningGroup verifier = verifier(String.valueOf(this.data.group(request)));
		measureNoise(verifier);
		Placement placement = verifier.learn((Decline) decision, FilledStore.newGroup(key),
				(rival) -> isJudgedEqual(rival, answer));
		placement.outdated().forEach(this.tier::remove);
		this.tier.put(key, this.data.request(request).text(), this.data.vector(request), placement.group(), answer);
		return StreamOutcome.MISS;
	}

	private void measureNoise(LearningGroup verifier) {
		boolean again = this.repeats < FIRST_REPEATS || this.random.nextInt(LATER_REPEATS) == 0;
		if (this.settings.isNoisy() && again) {
			this.repeats++;
			verifier.learnRepeat(this.random.nextDouble() >= this.settings.different());
		}
	}

	private boolean isJudgedEqual(NearEntry rival, String answer) {
		return this.tier.isAnswerOf(rival.id(), answer) ? this.random.nextDouble() >= this.settings.different()
				: this.random.nextDouble() < this.settings.equal();
	}

}
