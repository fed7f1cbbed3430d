package io.github.costwise.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Group;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import io.github.costwise.cache.verify.CacheQuestion;
import io.github.costwise.cache.verify.DecisionEvidence;
import io.github.costwise.cache.verify.HitDecision;
import io.github.costwise.cache.verify.HitDecision.Decline;
import io.github.costwise.cache.verify.HitPrior;
import io.github.costwise.cache.verify.LearningGroup;
import io.github.costwise.cache.verify.NearEntry;
import io.github.costwise.cache.verify.Placement;
import io.github.costwise.cache.verify.TextFeatures;
import io.github.costwise.cache.verify.VerifierProfile;
import io.github.costwise.cache.verify.VerifierSettings;

/**
 * Decides on requests with 20 neighbours, alone and while another thread learns without
 * pause.
 *
 * @since 0.1.0
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class VerifierBenchmark {

	/**
	 * Decides.
	 * @param traffic the group
	 * @return the decision
	 */
	@Benchmark
	public HitDecision decide(TaughtGroup traffic) {
		return traffic.group.decide(traffic.next());
	}

	/**
	 * Decides while another thread learns.
	 * @param traffic the group
	 * @return the decision
	 */
	@Benchmark
	@Group("learning")
	public HitDecision decideMeanwhile(TaughtGroup traffic) {
		return traffic.group.decide(traffic.next());
	}

	/**
	 * Learns.
	 * @param traffic the group
	 * @return where the answer belongs
	 */
	@Benchmark
	@Group("learning")
	public Placement learn(TaughtGroup traffic) {
		return traffic.learn();
	}

	/** A group that has learnt from 5,000 answers. */
	@State(Scope.Benchmark)
	public static class TaughtGroup {

		private static final int QUESTIONS = 1000;

		private static final int LABELS = 5000;

		private static final String[] WORDS = { "where", "when", "order", "parcel", "card", "address", "refund",
				"account", "change", "cancel", "pay", "invoice", "my", "the", "how", "can", "I", "late", "lost",
				"new" };

		private final Random random = new Random(42);

		private final LearningGroup group = new LearningGroup(
				new VerifierSettings(VerifierProfile.DEFAULT, .01, HitPrior.shipped(), 42), (record) -> {
				});

		private final List<CacheQuestion> questions = new ArrayList<>();

		private final List<Decline> asks = new ArrayList<>();

		private int asked;

		private int learnt;

		/** Makes the traffic. */
		@Setup
		public void learnFirst() {
			for (int i = 0; i < QUESTIONS; i++) {
				this.questions.add(question());
			}
			while (this.asks.size() < QUESTIONS) {
				if (this.group.decide(next()) instanceof Decline ask && ask.trial() != DecisionEvidence.NONE) {
					this.asks.add(ask);
				}
			}
			for (int i = 0; i < LABELS; i++) {
				learn();
			}
		}

		private CacheQuestion question() {
			List<NearEntry> near = new ArrayList<>();
			double cosine = .8 + .2 * this.random.nextDouble();
			for (int i = 0; i < CacheQuestion.NEIGHBOURS; i++) {
				near.add(new NearEntry("entry" + i, this.random.nextInt(5), cosine, text()));
				cosine -= .02 * this.random.nextDouble();
			}
			return new CacheQuestion(text(), near);
		}

		private TextFeatures text() {
			StringBuilder text = new StringBuilder();
			for (int i = 0; i < 12; i++) {
				text.append(WORDS[this.random.nextInt(WORDS.length)]).append(' ');
			}
			return TextFeatures.of(text.toString());
		}

		private CacheQuestion next() {
			return this.questions.get(this.asked++ % QUESTIONS);
		}

		private Placement learn() {
			return this.group.learn(this.asks.get(this.learnt++ % QUESTIONS), this.learnt,
					(rival) -> rival.cosine() > .9);
		}

	}

}
