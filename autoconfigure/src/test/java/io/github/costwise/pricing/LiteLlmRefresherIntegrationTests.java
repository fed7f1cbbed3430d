package io.github.costwise.pricing;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.costwise.Money;
import io.github.costwise.background.Background;
import io.github.costwise.faults.Faults;
import io.github.costwise.model.BilledUnit;
import io.github.costwise.model.CatalogInfo;
import io.github.costwise.model.ModelId;
import io.github.costwise.model.ModelPrice;
import io.github.costwise.model.ServiceTier;
import io.github.costwise.model.TokenUsage;
import io.github.costwise.testsupport.TestTimes;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LiteLlmRefresher} against a server on the loopback interface.
 */
@Tag("chain")
class LiteLlmRefresherIntegrationTests {

	private static final Instant NOW = Instant.parse("2026-11-25T08:00:00Z");

	private static final ModelId GPT = new ModelId("openai", "gpt-5");

	private final StandardPriceCatalog catalog = new StandardPriceCatalog();

	private final Faults faults = new Faults();

	private final CountDownLatch hold = new CountDownLatch(1);

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private HttpServer server;

	private volatile HttpHandler handler;

	@BeforeEach
	void start() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/", (exchange) -> this.handler.handle(exchange));
		this.server.setExecutor(this.threads);
		this.server.start();
	}

	@AfterEach
	void stop() {
		this.hold.countDown();
		this.server.stop(0);
		this.threads.shutdownNow();
	}

	@Test
	void takesPricesAndTellsOfThem() {
		answer(list(100, "1.5e-6"));
		try (LiteLlmRefresher refresher = refresher(address())) {
			assertThat(refresher.refresh()).isTrue();
		}
		assertThat(inputDollars()).isEqualByComparingTo("1.5");
		CatalogInfo info = this.catalog.info();
		assertThat(info.lastRefresh()).isEqualTo(NOW);
		assertThat(info.asOf()).isEqualTo("2026-11-25");
		assertThat(info.source()).isEqualTo(address());
		assertThat(info.version()).startsWith("2026-11-23.1+litellm-");
		assertThat(this.catalog.find(new ModelId("openai", "model-7"), NOW)).isNotNull();
		assertThat(this.faults.count(Faults.Kind.CATALOG)).isZero();
	}

	@Test
	void aChangedPriceChangesTheVersion() {
		try (LiteLlmRefresher refresher = refresher(address())) {
			answer(list(100, "1.5e-6"));
			refresher.refresh();
			String before = this.catalog.version();
			answer(list(100, "1.6e-6"));
			refresher.refresh();
			assertThat(this.catalog.version()).isNotEqualTo(before);
			assertThat(inputDollars()).isEqualByComparingTo("1.6");
		}
	}

	@Test
	void everyFaultKeepsTheOldData() {
		try (LiteLlmRefresher refresher = refresher(address())) {
			answer(list(100, "1.5e-6"));
			assertThat(refresher.refresh()).isTrue();
			String version = this.catalog.version();
			refused(refresher, (exchange) -> send(exchange, 500, "no"), "status 500");
			refused(refresher, (exchange) -> send(exchange, 200, "<html>"), "not JSON");
			refused(refresher, (exchange) -> send(exchange, 200, "{}"), "holds no prices");
			refused(refresher, (exchange) -> send(exchange, 200, list(20, "1.5e-6")), "21 models where it held 101");
			refused(refresher, (exchange) -> send(exchange, 200, list(100, "1.5e-6").replace("2e-6", "9e-5")),
					"changed by more than a factor of 10");
			refused(refresher, (exchange) -> send(exchange, 200, " ".repeat(70_000)), "longer than 65536 bytes");
			refused(refresher, this::cut, "could not be read");
			refused(refresher, this::stall, "did not answer within PT1S");
			assertThat(this.catalog.version()).isEqualTo(version);
			assertThat(inputDollars()).isEqualByComparingTo("1.5");
			assertThat(this.faults.count(Faults.Kind.CATALOG)).isEqualTo(8);
			answer(list(100, "1.6e-6"));
			assertThat(refresher.refresh()).isTrue();
			assertThat(this.catalog.info().rejections()).isEmpty();
		}
	}

	private void refused(LiteLlmRefresher refresher, HttpHandler fault, String reason) {
		this.handler = fault;
		assertThat(refresher.refresh()).isFalse();
		assertThat(this.catalog.info().rejections()).hasSize(1);
		assertThat(this.catalog.info().rejections().get(0)).startsWith("refresh refused: ").contains(reason);
	}

	@Test
	void aSinglePriceThatJumpsKeepsItsOldValue() {
		try (LiteLlmRefresher refresher = refresher(address())) {
			answer(list(100, "1.5e-6"));
			refresher.refresh();
			answer(list(100, "9e-5"));
			assertThat(refresher.refresh()).isTrue();
		}
		assertThat(this.catalog.info().rejectedRows()).isEqualTo(1);
		assertThat(this.catalog.info().rejections().get(0)).contains("openai/gpt-5: INPUT jumped from 1.5 to 90");
		assertThat(inputDollars()).isEqualByComparingTo("1.5");
	}

	@Test
	void whatTheListDoesNotSayStaysWhenThePricesAgree() {
		answer(list(100, "1.25e-6"));
		try (LiteLlmRefresher refresher = refresher(address())) {
			assertThat(refresher.refresh()).isTrue();
		}
		ModelPrice price = this.catalog.find(GPT, NOW);
		assertThat(price).isNotNull();
		TokenUsage search = TokenUsage.builder().add(BilledUnit.WEB_SEARCH, 1).build();
		assertThat(price.price(search, ServiceTier.STANDARD).amount()).isEqualTo(Money.ofUsd(new BigDecimal("0.01")));
		assertThat(price.price(TokenUsage.of(1_000_000, 0), ServiceTier.BATCH).amount().toUsd())
			.isEqualByComparingTo("0.625");
	}

	@Test
	void nobodyListens() {
		String address = address();
		this.server.stop(0);
		try (LiteLlmRefresher refresher = refresher(address)) {
			assertThat(refresher.refresh()).isFalse();
		}
		assertThat(this.catalog.version()).isEqualTo("2026-11-23.1");
		assertThat(this.catalog.find(GPT, NOW)).isNotNull();
	}

	@Test
	void readsAFile(@TempDir Path folder) throws IOException {
		Path file = Files.writeString(folder.resolve("prices.json"), list(3, "1.7e-6"));
		try (LiteLlmRefresher refresher = refresher(file.toString())) {
			assertThat(refresher.refresh()).isTrue();
		}
		assertThat(inputDollars()).isEqualByComparingTo("1.7");
		try (LiteLlmRefresher refresher = refresher(file.toUri().toString())) {
			assertThat(refresher.refresh()).isTrue();
		}
		try (LiteLlmRefresher refresher = refresher(folder.resolve("absent.json").toString())) {
			assertThat(refresher.refresh()).isFalse();
		}
	}

	@Test
	void startsOnADaemonThreadWithoutWaiting() throws InterruptedException {
		CountDownLatch asked = new CountDownLatch(1);
		this.handler = (exchange) -> {
			asked.countDown();
			stall(exchange);
		};
		try (LiteLlmRefresher refresher = refresher(address())) {
			refresher.start();
			assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
			assertThat(Thread.getAllStackTraces().keySet())
				.filteredOn((thread) -> thread.getName().startsWith("costwise-prices"))
				.isNotEmpty()
				.allMatch(Thread::isDaemon);
			assertThat(this.catalog.find(GPT, NOW)).isNotNull();
		}
	}

	@Test
	void whateverIsThrownTheScheduleGoesOn() throws InterruptedException {
		answer(list(3, "1.5e-6"));
		List<Error> errors = new ArrayList<>(List.of(new OutOfMemoryError("made up"), new StackOverflowError()));
		CountDownLatch told = new CountDownLatch(1);
		Clock failing = new Clock() {

			@Override
			public Instant instant() {
				if (!errors.isEmpty()) {
					throw errors.remove(0);
				}
				told.countDown();
				return NOW;
			}

			@Override
			public ZoneId getZone() {
				return ZoneOffset.UTC;
			}

			@Override
			public Clock withZone(ZoneId zone) {
				return this;
			}

		};
		LiteLlmSource source = new LiteLlmSource(address(), Duration.ofMillis(1), Duration.ofSeconds(1),
				Duration.ofSeconds(1), 65_536, BigDecimal.TEN);
		try (LiteLlmRefresher refresher = new LiteLlmRefresher(this.catalog, source, new Background(this.faults),
				TestTimes.real(failing))) {
			refresher.start();
			assertThat(told.await(10, TimeUnit.SECONDS)).isTrue();
		}
		assertThat(this.faults.count(Faults.Kind.CATALOG)).isGreaterThanOrEqualTo(2);
	}

	private LiteLlmRefresher refresher(String location) {
		LiteLlmSource source = new LiteLlmSource(location, Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(1),
				65_536, BigDecimal.TEN);
		return new LiteLlmRefresher(this.catalog, source, new Background(this.faults),
				TestTimes.real(Clock.fixed(NOW, ZoneOffset.UTC)));
	}

	private String address() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort() + "/prices.json";
	}

	private BigDecimal inputDollars() {
		ModelPrice price = this.catalog.find(GPT, NOW);
		assertThat(price).isNotNull();
		return price.price(TokenUsage.of(1_000_000, 0), ServiceTier.STANDARD).amount().toUsd();
	}

	private void answer(String body) {
		this.handler = (exchange) -> send(exchange, 200, body);
	}

	/** Promises more than it sends. */
	private void cut(HttpExchange exchange) throws IOException {
		exchange.sendResponseHeaders(200, 1000);
		exchange.getResponseBody().write('{');
		exchange.getResponseBody().flush();
		exchange.close();
	}

	private void stall(HttpExchange exchange) throws IOException {
		exchange.sendResponseHeaders(200, 1000);
		exchange.getResponseBody().write('{');
		exchange.getResponseBody().flush();
		try {
			this.hold.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		exchange.close();
	}

	private static void send(HttpExchange exchange, int status, String body) throws IOException {
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		exchange.sendResponseHeaders(status, bytes.length);
		exchange.getResponseBody().write(bytes);
		exchange.close();
	}

	private static String list(int models, String gptInput) {
		return IntStream.range(0, models)
			.mapToObj((i) -> entry("model-" + i, "2e-6"))
			.collect(Collectors.joining(",", "{" + entry("gpt-5", gptInput) + ",", "}"));
	}

	private static String entry(String name, String input) {
		return "\"" + name + "\": {\"litellm_provider\": \"openai\", \"mode\": \"chat\", \"input_cost_per_token\": "
				+ input + ", \"output_cost_per_token\": 1e-5}";
	}

}
