package io.github.costwise.advisor;

import java.util.List;
import java.util.function.BiFunction;

import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.costwise.accounting.CallRecord;
import io.github.costwise.accounting.CallRecord.Operation;
import io.github.costwise.accounting.TurnRecord;
import io.github.costwise.accounting.UsageLedger.LedgerEvent;
import io.github.costwise.encoding.EmbeddingModelTextEncoder;
import io.github.costwise.encoding.TextEncoder;
import io.github.costwise.pipeline.CostScope;
import io.github.costwise.pricing.Money;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.CostwiseRunner;
import io.github.costwise.testsupport.LoopbackModels;
import io.github.costwise.testsupport.LoopbackProvider;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls that Costwise makes for itself, such as those for vectors of questions: they
 * belong to the turn that they are made for, and to whom it belongs, and what was saved
 * is less by them.
 */
@Timeout(60)
class OwnCallsChainTests {

	private final LoopbackProvider provider = new LoopbackProvider();

	@AfterEach
	void close() {
		this.provider.close();
	}

	@ParameterizedTest
	@MethodSource("io.github.costwise.advisor.CacheClients#ways")
	void vectorsOfAQuestionBelongToItsTurn(BiFunction<ApplicationContext, String, String> ask) {
		this.provider.handler((request) -> Answer.text("It is in stock."));
		CacheClients.runner(this.provider)
			.withUserConfiguration(RemoteEncoder.class)
			.withBean("server", LoopbackProvider.class, () -> this.provider)
			.withPropertyValues(CacheClients.POLICY + "semantic.enabled=true", CacheClients.POLICY + "shared=true",
					"costwise.accounting.providers.[127.0.0.1]=openai")
			.run((context) -> {
				CostScope scope = CostScope.builder().feature("desk").tenant("acme").user("ada").build();
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

	private static void assertOwned(LedgerEvent event) {
		TurnRecord turn = event.turn();
		List<CallRecord> own = embeddings(event.calls());
		assertThat(own).isNotEmpty().allSatisfy((call) -> {
			assertThat(call.turnId()).isEqualTo(turn.id());
			assertThat(call.attribution()).isEqualTo(turn.attribution());
			assertThat(call.purpose()).isEqualTo(CallRecord.Purpose.EMBEDDING);
			assertThat(call.coverage()).isEqualTo(CallRecord.Coverage.MANAGED);
		});
		Money asked = event.calls()
			.stream()
			.filter((call) -> call.operation() == Operation.CHAT)
			.map((call) -> call.price().amount())
			.reduce(Money.ZERO, Money::plus);
		assertThat(turn.cost()).isEqualTo(asked.plus(turn.saved().own()));
		assertThat(turn.saved().total()).isEqualTo(Money.ZERO.minus(turn.saved().own()));
		assertThat(turn.saved().own())
			.isLessThanOrEqualTo(own.stream().map((call) -> call.price().amount()).reduce(Money.ZERO, Money::plus));
	}

	private static List<LedgerEvent> withOwnCalls(ApplicationContext context) {
		return CostwiseRunner.events(context)
			.stream()
			.filter((event) -> event.turn() != null && event.turn().saved().own().nanos() > 0)
			.toList();
	}

	private static List<CallRecord> embeddings(List<CallRecord> calls) {
		return calls.stream().filter((call) -> call.operation() == Operation.EMBEDDING).toList();
	}

	@Configuration(proxyBeanMethods = false)
	static class RemoteEncoder {

		@Bean
		TextEncoder encoder(LoopbackProvider server, ObservationRegistry observations) {
			return new EmbeddingModelTextEncoder(LoopbackModels.openAiEmbedding(server, observations), "remote");
		}

	}

}
