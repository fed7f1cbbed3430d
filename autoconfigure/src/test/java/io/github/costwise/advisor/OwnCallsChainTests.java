package io.github.costwise.advisor;

import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.costwise.CostScope;
import io.github.costwise.Money;
import io.github.costwise.encoding.EmbeddingModelTextEncoder;
import io.github.costwise.model.CallRecord;
import io.github.costwise.model.CallRecord.Operation;
import io.github.costwise.model.TurnRecord;
import io.github.costwise.spi.TextEncoder;
import io.github.costwise.spi.UsageLedger.LedgerEvent;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.CostwiseRunner;
import io.github.costwise.testsupport.LoopbackModels;
import io.github.costwise.testsupport.LoopbackProvider;
import io.github.costwise.testsupport.LoopbackRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls that Costwise makes for itself, such as those for vectors of questions: they
 * belong to the turn that they are made for, and to who it belongs, and what was saved is
 * less by them.
 */
@Timeout(60)
@Tag("chain")
class OwnCallsChainTests {

	/** So long, and so unlike, that their vectors are compared. */
	private static final List<String> WORDINGS = List.of(
			"The shoes you ordered will arrive at your home address early next week, and the courier will send "
					+ "a message before the parcel is delivered to the door by hand.",
			"Early next week the parcel will arrive at your home address: the courier will send you a message "
					+ "before the shoes are handed over at the door, as ordered by you.");

	private final LoopbackProvider provider = new LoopbackProvider();

	@AfterEach
	void close() {
		this.provider.close();
	}

	@ParameterizedTest
	@MethodSource("io.github.costwise.advisor.CacheClients#forms")
	void vectorsOfAQuestionBelongToItsTurn(BiFunction<ApplicationContext, String, String> ask) {
		this.provider.handler((request) -> Answer.text("It is in stock."));
		semantic().run((context) -> {
			CostScope scope = desk();
			int asked = 0;
			while (withOwnCalls(context).isEmpty()) {
				String question = "Is article number " + asked++ + " in stock?";
				scope.run(() -> ask.apply(context, question));
			}
			assertThat(withOwnCalls(context)).allSatisfy(OwnCallsChainTests::assertOwned);
			assertThat(embeddings(CostwiseRunner.calls(context)))
				.allSatisfy((call) -> assertThat(call.attribution().feature()).isEqualTo("desk"));
		});
	}

	@ParameterizedTest
	@MethodSource("io.github.costwise.advisor.CacheClients#forms")
	void vectorsForComparingAnswersBelongToTheTurnThatTheyAreComparedFor(
			BiFunction<ApplicationContext, String, String> ask) {
		AtomicInteger answers = new AtomicInteger();
		this.provider.handler((request) -> Answer
			.text(isVector(request) ? "" : WORDINGS.get(answers.getAndIncrement() % WORDINGS.size())));
		semantic().run((context) -> {
			CostScope scope = desk();
			for (int i = 0; i < 3; i++) {
				String question = "How is order " + i + " doing?";
				scope.run(() -> ask.apply(context, question));
				CacheClients.awaitStored(context, i + 1);
			}
			CacheClients.await(() -> comparedAnswers(this.provider) > 0);
			CacheClients.await(() -> embeddings(CostwiseRunner.calls(context)).size() == vectors(this.provider));
			Set<String> turns = CostwiseRunner.events(context)
				.stream()
				.flatMap((event) -> Stream.ofNullable(event.turn()))
				.map(TurnRecord::id)
				.collect(Collectors.toSet());
			assertThat(embeddings(CostwiseRunner.calls(context))).allSatisfy((call) -> {
				assertThat(turns).contains(call.turnId());
				assertThat(call.attribution().feature()).isEqualTo("desk");
				assertThat(call.ending().coverage()).isEqualTo(CallRecord.Coverage.MANAGED);
			});
		});
	}

	private static boolean isVector(LoopbackRequest request) {
		return request.path().endsWith("/embeddings");
	}

	private static long vectors(LoopbackProvider provider) {
		return provider.requests().stream().filter(OwnCallsChainTests::isVector).count();
	}

	private static long comparedAnswers(LoopbackProvider provider) {
		return provider.requests()
			.stream()
			.filter(OwnCallsChainTests::isVector)
			.filter((request) -> request.body().path("input").toString().contains("parcel"))
			.count();
	}

	private ApplicationContextRunner semantic() {
		return CacheClients.runner(this.provider)
			.withUserConfiguration(RemoteEncoder.class)
			.withBean("server", LoopbackProvider.class, () -> this.provider)
			.withPropertyValues(CacheClients.POLICY + "semantic.enabled=true", CacheClients.POLICY + "shared=true",
					"costwise.accounting.providers.[127.0.0.1]=openai");
	}

	private static CostScope desk() {
		return CostScope.builder().feature("desk").tenant("acme").user("ada").build();
	}

	private static void assertOwned(LedgerEvent event) {
		TurnRecord turn = event.turn();
		List<CallRecord> own = embeddings(event.calls());
		assertThat(own).isNotEmpty().allSatisfy((call) -> {
			assertThat(call.turnId()).isEqualTo(turn.id());
			assertThat(call.attribution()).isEqualTo(turn.attribution());
			assertThat(call.purpose()).isEqualTo(CallRecord.Purpose.EMBEDDING);
			assertThat(call.ending().coverage()).isEqualTo(CallRecord.Coverage.MANAGED);
		});
		Money asked = event.calls()
			.stream()
			.filter((call) -> call.target().operation() == Operation.CHAT)
			.map((call) -> call.price().amount())
			.reduce(Money.ZERO, Money::plus);
		assertThat(turn.cost().amount()).isEqualTo(asked.plus(turn.cost().saved().own()));
		assertThat(turn.cost().saved().total()).isEqualTo(Money.ZERO.minus(turn.cost().saved().own()));
		assertThat(turn.cost().saved().own())
			.isLessThanOrEqualTo(own.stream().map((call) -> call.price().amount()).reduce(Money.ZERO, Money::plus));
	}

	private static List<LedgerEvent> withOwnCalls(ApplicationContext context) {
		return CostwiseRunner.events(context)
			.stream()
			.filter((event) -> event.turn() != null && event.turn().cost().saved().own().nanos() > 0)
			.toList();
	}

	private static List<CallRecord> embeddings(List<CallRecord> calls) {
		return calls.stream().filter((call) -> call.target().operation() == Operation.EMBEDDING).toList();
	}

	@Configuration(proxyBeanMethods = false)
	static class RemoteEncoder {

		@Bean
		TextEncoder encoder(LoopbackProvider server, ObservationRegistry observations) {
			return new EmbeddingModelTextEncoder(LoopbackModels.openAiEmbedding(server, observations), "remote");
		}

	}

}
