package io.github.costwise.advisor;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import io.github.costwise.CacheMetadata;
import io.github.costwise.CostCache;
import io.github.costwise.cache.Miss;
import io.github.costwise.cache.response.CacheHit;
import io.github.costwise.cache.response.LearningGroups;
import io.github.costwise.cache.response.PolicyCounters;
import io.github.costwise.cache.response.PolicyCounters.ShadowOutcome;
import io.github.costwise.cache.verify.LearningState;
import io.github.costwise.faults.Faults;
import io.github.costwise.model.TurnRecord;
import io.github.costwise.model.TurnRecord.CacheOutcome;
import io.github.costwise.spi.LabelLog;
import io.github.costwise.spi.TextEncoder;
import io.github.costwise.testsupport.CostwiseRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the cache learns from the traffic of real clients.
 */
@Timeout(120)
@Tag("chain")
class CacheLearningChainTests {

	private static final int REQUESTS = 3_000;

	/** Misses of questions with a neighbour; the answer to each teaches once. */
	private static final Set<Miss> TEACHING = EnumSet.of(Miss.VETO, Miss.COLD, Miss.DOUBT, Miss.EXPLORATION,
			Miss.VERIFICATION);

	private final Topics.Model model = new Topics.Model();

	private final RecordingLog log = new RecordingLog();

	private final ApplicationContextRunner runner = CostwiseRunner.create()
		.withBean("model", ChatModel.class, () -> this.model)
		.withBean(TextEncoder.class, Topics.Encoder::new)
		.withBean(LabelLog.class, () -> this.log)
		.withPropertyValues(CacheClients.POLICY + "mode=enforce", CacheClients.POLICY + "semantic.enabled=true",
				CacheClients.POLICY + "shared=true", "costwise.cache.judge.queue=100000");

	@TempDir
	private Path directory;

	private int wrong;

	/** What the model was asked by applications before. */
	private int before;

	@Test
	void learnsFromNothingToShareAnswersWithinTheBound() {
		this.runner.run((context) -> {
			run(context, REQUESTS);
			PolicyCounters counters = CacheClients.counters(context);
			assertThat(TEACHING.stream().mapToLong(counters::misses).sum()).isGreaterThan(20);
			assertThat(counters.hits(CacheHit.HitKind.SEMANTIC)).isGreaterThan(REQUESTS / 10);
			assertThat(this.wrong).isLessThanOrEqualTo(REQUESTS / 100);
			assertThat(this.model.asked() + hits(counters)).isEqualTo(REQUESTS);
			awaitLearnt(context, 0);
		});
	}

	@Test
	void whatWasLearntOutlivesARestart() {
		this.runner.run((context) -> {
			run(context, REQUESTS / 2);
			awaitLearnt(context, 0);
		});
		long learnt = this.log.labels();
		assertThat(learnt).isPositive();
		this.before = this.model.asked();
		this.runner.run((context) -> {
			run(context, 50);
			CacheClients.await(() -> state(context).labels() >= learnt);
			assertThat(state(context).threshold()).isLessThanOrEqualTo(1);
		});
	}

	@Test
	void observingServesNothingAndTellsWhatItWouldHave() {
		this.runner.withPropertyValues(CacheClients.POLICY + "mode=observe").run((context) -> {
			run(context, REQUESTS);
			PolicyCounters counters = CacheClients.counters(context);
			assertThat(this.model.asked()).isEqualTo(REQUESTS);
			assertThat(hits(counters)).isZero();
			assertThat(counters.shadow(ShadowOutcome.EXACT_HIT)).isPositive();
			assertThat(counters.shadow(ShadowOutcome.SEMANTIC_HIT)).isPositive();
			CacheClients.await(() -> counters.shadow(ShadowOutcome.RIGHT)
					+ counters.shadow(ShadowOutcome.WRONG) == counters.shadow(ShadowOutcome.SEMANTIC_HIT));
			assertThat(counters.shadow(ShadowOutcome.WRONG)).isLessThanOrEqualTo(REQUESTS / 100);
			assertThat(CacheClients.turns(context)).extracting(TurnRecord::cacheOutcome)
				.containsOnly(CacheOutcome.NOT_USED);
		});
	}

	@Test
	void aShareOfEqualQuestionsIsAskedAgainToMeasureJudgement() {
		this.runner.withPropertyValues(CacheClients.POLICY + "semantic.repeat-share=0.1").run((context) -> {
			run(context, 50);
			for (int i = 0; i < 1_000; i++) {
				ask(context, Topics.question(1, "please card"));
				settle(context);
			}
			PolicyCounters counters = CacheClients.counters(context);
			assertThat(counters.misses(Miss.REPEAT)).isBetween(50L, 170L);
			CacheClients.await(() -> this.log.repeats() >= counters.misses(Miss.REPEAT));
		});
	}

	@Test
	void hitThatIsMarkedWrongIsGoneAtOnceAndTeaches() {
		this.runner.run((context) -> {
			Random random = new Random(7);
			ChatResponse hit = null;
			for (int i = 0; i < 2 * REQUESTS && !isSemantic(hit); i++) {
				hit = ask(context, Topics.question(random));
				settle(context);
			}
			assertThat(isSemantic(hit)).isTrue();
			awaitLearnt(context, 0);
			long labels = state(context).labels();
			String entry = hit.getMetadata().get(CacheMetadata.ENTRY);
			String id = hit.getMetadata().get(CacheMetadata.HIT);
			assertThat(context.getBean(CostCache.class).markWrong(id)).isTrue();
			assertThat(state(context).labels()).isEqualTo(labels + 1);
			assertThat(context.getBean(CostCache.class).evictEntry(entry)).isZero();
			assertThat(context.getBean(CostCache.class).markWrong(id)).isFalse();
			awaitLearnt(context, 1);
		});
	}

	@Test
	void learnsFromAFileOfEarlierTraffic() throws Exception {
		Path file = this.directory.resolve("traffic.jsonl.gz");
		write(file, 2_000);
		ApplicationContextRunner taught = this.runner.withPropertyValues("costwise.cache.traffic.learn-from=" + file);
		taught.run((context) -> {
			CacheClients.await(() -> this.log.labels() > 1_000);
			CacheClients.await(() -> state(context).threshold() <= 1);
			run(context, 300);
			assertThat(CacheClients.counters(context).hits(CacheHit.HitKind.SEMANTIC)).isPositive();
			assertThat(this.wrong).isLessThanOrEqualTo(3);
		});
		long learnt = this.log.labels();
		taught.run((context) -> {
			CacheClients.await(() -> state(context).labels() == learnt);
			assertThat(this.log.labels()).isEqualTo(learnt);
		});
	}

	@Test
	void fileThatIsDamagedIsReportedAndHoldsNothingUp() throws Exception {
		Path file = Files.writeString(this.directory.resolve("traffic.jsonl"),
				"{\"text\": \"topic1 card\", \"answer\": \"1\"}\n{\"text\": \"topic2");
		this.runner.withPropertyValues("costwise.cache.traffic.learn-from=" + file).run((context) -> {
			CacheClients.await(() -> context.getBean(Faults.class).count(Faults.Kind.CACHE) == 1);
			run(context, 10);
		});
	}

	@Test
	void whatWasWrittenCanBeLearntFrom() {
		Path file = this.directory.resolve("written.jsonl");
		this.runner.withPropertyValues("costwise.cache.traffic.file=" + file).run((context) -> {
			run(context, 200);
			awaitLearnt(context, 0);
		});
		RecordingLog fresh = new RecordingLog();
		CostwiseRunner.create()
			.withBean("model", ChatModel.class, () -> this.model)
			.withBean(TextEncoder.class, Topics.Encoder::new)
			.withBean(LabelLog.class, () -> fresh)
			.withPropertyValues(CacheClients.POLICY + "mode=enforce", CacheClients.POLICY + "semantic.enabled=true",
					CacheClients.POLICY + "shared=true", "costwise.cache.traffic.learn-from=" + file)
			.run((context) -> {
				CacheClients.await(() -> fresh.labels() > 50);
				assertThat(context.getBean(Faults.class).count(Faults.Kind.CACHE)).isZero();
			});
	}

	private static void write(Path file, int rows) throws IOException {
		Random random = new Random(11);
		try (Writer writer = new OutputStreamWriter(new GZIPOutputStream(Files.newOutputStream(file)),
				StandardCharsets.UTF_8)) {
			for (int i = 0; i < rows; i++) {
				String question = Topics.question(random);
				writer.write("{\"text\": \"" + question + "\", \"answer\": \"" + Topics.topic(question) + "\"}\n");
			}
		}
	}

	private static boolean isSemantic(ChatResponse response) {
		return response != null && "SEMANTIC".equals(response.getMetadata().get(CacheMetadata.KIND));
	}

	/** Asks one question after another, and leaves time to store and learn. */
	private void run(ApplicationContext context, int requests) {
		Random random = new Random(42);
		for (int i = 0; i < requests; i++) {
			String question = Topics.question(random);
			ChatResponse response = ask(context, question);
			this.wrong += Topics.topic(response.getResult().getOutput().getText()).equals(Topics.topic(question)) ? 0
					: 1;
			settle(context);
		}
	}

	private static ChatResponse ask(ApplicationContext context, String question) {
		ChatClient client = context.getBean(ChatClient.Builder.class).build();
		return client.prompt(question).call().chatResponse();
	}

	private void settle(ApplicationContext context) {
		CacheClients
			.await(() -> CacheClients.counters(context).storedAnswers() + 20 >= this.model.asked() - this.before);
	}

	/** Waits until each answer that teaches is in the log, and no other. */
	private void awaitLearnt(ApplicationContext context, int marked) {
		long expected = marked + TEACHING.stream().mapToLong(CacheClients.counters(context)::misses).sum();
		CacheClients.await(() -> this.log.labels() >= expected);
		assertThat(this.log.labels()).isEqualTo(expected);
		assertThat(state(context).labels()).isEqualTo(expected);
	}

	private static LearningState state(ApplicationContext context) {
		LearningGroups groups = context.getBean(LearningGroups.class);
		CacheClients.await(() -> !groups.groups().isEmpty());
		return groups.groups().values().iterator().next().state();
	}

	private static long hits(PolicyCounters counters) {
		long hits = 0;
		for (CacheHit.HitKind kind : CacheHit.HitKind.values()) {
			hits += counters.hits(kind);
		}
		return hits;
	}

}
