package io.github.costwise.advisor;

import java.util.AbstractMap;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.api.AdvisorChain;
import org.springframework.ai.chat.client.advisor.api.BaseAdvisor;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import io.github.costwise.faults.Faults;
import io.github.costwise.model.CallRecord;
import io.github.costwise.model.TurnRecord;
import io.github.costwise.model.TurnRecord.TurnOutcome;
import io.github.costwise.spi.CachePartitionResolver;
import io.github.costwise.spi.CostListener;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.LoopbackProvider;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Turns around which something throws, or whose caller goes away at a bad time.
 */
@Timeout(60)
@Tag("chain")
class TurnFaultChainTests {

	private final LoopbackProvider provider = new LoopbackProvider();

	private final ExecutorService executor = Executors.newCachedThreadPool();

	private final ApplicationContextRunner runner = CacheClients.runner(this.provider)
		.withPropertyValues("costwise.cache.single-flight.patience=5m");

	@AfterEach
	void close() {
		this.executor.shutdownNow();
		this.provider.close();
	}

	@ParameterizedTest
	@MethodSource("io.github.costwise.advisor.CacheClients#forms")
	void modelIsAskedWhereTheCacheCannotEvenBegin(BiFunction<ApplicationContext, String, String> form) {
		this.provider.handler((request) -> Answer.text("asked"));
		CachePartitionResolver resolver = (prompt, attribution) -> new Unreadable();
		this.runner.withBean(CachePartitionResolver.class, () -> resolver).run((context) -> {
			assertThat(form.apply(context, "Q?")).isEqualTo("asked");
			assertThat(CacheClients.turns(context)).extracting(TurnRecord::outcome)
				.containsExactly(TurnOutcome.ANSWERED);
			assertThat(context.getBean(Faults.class).count(Faults.Kind.CACHE)).isPositive();
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void turnThatCannotBeAskedIsClosed(boolean streamed) {
		AtomicBoolean armed = new AtomicBoolean();
		this.runner.withPropertyValues(CacheClients.POLICY + "mode=off").run((context) -> {
			ChatClient client = CacheClients.client(context)
				.mutate()
				.defaultAdvisors(new Arming(armed))
				.defaultToolCallbacks(new Secretive(armed), new Secretive(armed, "other"))
				.build();
			assertThat(FaultBench.answer(client.prompt("Q?"), streamed).error()).isNotNull();
			assertThat(CacheClients.turns(context)).extracting(TurnRecord::outcome).containsExactly(TurnOutcome.FAILED);
		});
	}

	@ParameterizedTest
	@MethodSource("io.github.costwise.advisor.CacheClients#forms")
	void errorOfAListenerReachesNobody(BiFunction<ApplicationContext, String, String> form) {
		this.provider.handler((request) -> Answer.text("asked"));
		CostListener listener = new CostListener() {

			@Override
			public void onCall(CallRecord call) {
				throw new AssertionError("call");
			}

			@Override
			public void onTurn(TurnRecord turn) {
				throw new AssertionError("turn");
			}

		};
		this.runner.withBean("failing", CostListener.class, () -> listener).run((context) -> {
			Future<String> answer = this.executor.submit(() -> form.apply(context, "Q?"));
			assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo("asked");
			assertThat(context.getBean(Faults.class).count(Faults.Kind.LISTENER)).isEqualTo(2);
		});
	}

	/** Cannot be read. */
	private static final class Unreadable extends AbstractMap<String, String> {

		@Override
		public Set<Entry<String, String>> entrySet() {
			throw new IllegalStateException("unreadable");
		}

	}

	/** Says nothing of itself once the turn is about to begin. */
	private record Secretive(AtomicBoolean armed, String name) implements ToolCallback {

		private Secretive(AtomicBoolean armed) {
			this(armed, "tool");
		}

		@Override
		public ToolDefinition getToolDefinition() {
			if (this.armed.get()) {
				throw new IllegalStateException("secret");
			}
			return ToolDefinition.builder().name(this.name).description("a tool").inputSchema("{}").build();
		}

		@Override
		public String call(String input) {
			return "";
		}

	}

	private record Arming(AtomicBoolean armed) implements BaseAdvisor {

		@Override
		public ChatClientRequest before(ChatClientRequest request, AdvisorChain chain) {
			this.armed.set(true);
			return request;
		}

		@Override
		public ChatClientResponse after(ChatClientResponse response, AdvisorChain chain) {
			return response;
		}

		@Override
		public int getOrder() {
			return CostTurnAdvisor.ORDER - 1;
		}

	}

}
