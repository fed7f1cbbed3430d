package io.github.costwise;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.publisher.ConnectableFlux;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.github.costwise.testsupport.CostwiseRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The scope of a method holds while what it returned is subscribed to, of whatever
 * library that is, and what cannot be wrapped is returned as it is.
 */
@Tag("chain")
class ReactiveScopesTests {

	private final ApplicationContextRunner runner = CostwiseRunner.create().withUserConfiguration(Streams.class);

	@Test
	void fluxAndMono() {
		run((streams) -> {
			assertThat(streams.flux("acme").collectList().block()).containsExactly("acme");
			assertThat(streams.mono("acme").block()).isEqualTo("acme");
		});
	}

	@Test
	void publisherOfReactiveStreams() {
		run((streams) -> {
			assertThat(Flux.from(streams.publisher("acme")).collectList().block()).containsExactly("acme");
			assertThat(Flux.from(streams.ownPublisher("acme")).collectList().block()).containsExactly("acme");
		});
	}

	@Test
	void publisherOfTheJdk() {
		run((streams) -> assertThat(JdkFlowAdapter.flowPublisherToFlux(streams.flow("acme")).collectList().block())
			.containsExactly("acme"));
	}

	@Test
	void subscriptionOnAnotherThread() throws Exception {
		ExecutorService elsewhere = Executors.newSingleThreadExecutor();
		this.runner.run((context) -> {
			Flow.Publisher<String> flow = context.getBean(Streams.class).flow("acme");
			List<String> tenants = elsewhere
				.submit(() -> JdkFlowAdapter.flowPublisherToFlux(flow).collectList().block())
				.get();
			assertThat(tenants).containsExactly("acme");
		});
		elsewhere.shutdown();
	}

	@Test
	void typeThatTheCallerExpectsIsKept() {
		run((streams) -> {
			assertThat(streams.connectable("acme")).isInstanceOf(ConnectableFlux.class);
			assertThat(streams.declared("acme")).isInstanceOf(OwnPublisher.class);
			assertThat(streams.future("acme")).isCompletedWithValue("acme");
			assertThat(streams.nothing("acme")).isNull();
		});
	}

	private void run(Consumer<Streams> test) {
		this.runner.run((context) -> test.accept(context.getBean(Streams.class)));
	}

	static class Streams {

		@CostOptimized(tenant = "#tenant")
		public Flux<String> flux(String tenant) {
			return Flux.defer(() -> Flux.just(current()));
		}

		@CostOptimized(tenant = "#tenant")
		public Mono<String> mono(String tenant) {
			return Mono.fromSupplier(Streams::current);
		}

		@CostOptimized(tenant = "#tenant")
		public Publisher<String> publisher(String tenant) {
			return Flux.defer(() -> Flux.just(current()));
		}

		@CostOptimized(tenant = "#tenant")
		public Publisher<String> ownPublisher(String tenant) {
			return new OwnPublisher();
		}

		@CostOptimized(tenant = "#tenant")
		public Flow.Publisher<String> flow(String tenant) {
			return JdkFlowAdapter.publisherToFlowPublisher(Flux.defer(() -> Flux.just(current())));
		}

		@CostOptimized(tenant = "#tenant")
		public ConnectableFlux<String> connectable(String tenant) {
			return Flux.just(tenant).publish();
		}

		@CostOptimized(tenant = "#tenant")
		public OwnPublisher declared(String tenant) {
			return new OwnPublisher();
		}

		@CostOptimized(tenant = "#tenant")
		public CompletableFuture<String> future(String tenant) {
			return CompletableFuture.completedFuture(current());
		}

		@CostOptimized(tenant = "#tenant")
		public @Nullable Flux<String> nothing(String tenant) {
			return null;
		}

		private static String current() {
			CostScope scope = CostScope.current();
			return (scope != null) ? String.valueOf(scope.attribution().tenant()) : "nobody";
		}

	}

	/** A publisher of no library. */
	public static class OwnPublisher implements Publisher<String> {

		@Override
		public void subscribe(Subscriber<? super String> subscriber) {
			Flux.just(Streams.current()).subscribe(subscriber);
		}

	}

}
