package io.github.costwise.advisor;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

import com.redis.om.spring.RedisModulesConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.github.costwise.CostCache;
import io.github.costwise.cache.response.CacheHit;
import io.github.costwise.spi.EvictionIncompleteException;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.LoopbackProvider;
import io.github.costwise.testsupport.OwnRedis;
import io.github.costwise.testsupport.RealPart;
import io.github.costwise.testsupport.RealParts;
import io.github.costwise.testsupport.RequiresRealPart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Two instances of an application with one Redis.
 */
@Timeout(60)
@RequiresRealPart(RealPart.REDIS_STACK)
class CacheInstancesIntegrationTests {

	private final LoopbackProvider provider = new LoopbackProvider();

	private final ExecutorService executor = Executors.newCachedThreadPool();

	private final URI server = RealParts.redisStack();

	private final ApplicationContextRunner runner = CacheClients.runner(this.provider)
		.withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class, RedisModulesConfiguration.class))
		.withPropertyValues("costwise.cache.store=redis", "costwise.cache.redis.timeout=5s",
				"costwise.cache.redis.name=test:" + UUID.randomUUID(),
				"spring.data.redis.host=" + this.server.getHost(), "spring.data.redis.port=" + this.server.getPort());

	@AfterEach
	void close() {
		this.executor.shutdownNow();
		this.provider.close();
	}

	@Test
	void burstAmongInstancesMakesOneCall() {
		Semaphore gate = new Semaphore(0);
		this.provider.enqueue(Answer.text("once").gate(gate));
		this.runner.run((one) -> this.runner.run((other) -> {
			Future<String> leader = CacheClients.ask(one, "Q?", this.executor);
			CacheClients.awaitRequests(this.provider, 1);
			List<Future<String>> followers = List.of(CacheClients.ask(other, "Q?", this.executor),
					this.executor.submit(() -> CacheClients.stream(other, "Q?")),
					CacheClients.ask(one, "Q?", this.executor));
			CacheClients.await(() -> CacheClients.counters(other).lookups() == 2);
			gate.release();
			assertThat(leader.get()).isEqualTo("once");
			for (Future<String> follower : followers) {
				assertThat(follower.get()).isEqualTo("once");
			}
			assertThat(CacheClients.counters(other).hits(CacheHit.HitKind.EXACT)).isPositive();
			assertThat(this.provider.requests()).hasSize(1);
		}));
	}

	@Test
	void failedLeaderHandsOverToAnotherInstance() {
		Semaphore gate = new Semaphore(0);
		this.provider.enqueue(Answer.error(500).gate(gate)).handler((request) -> Answer.text("second"));
		this.runner.run((one) -> this.runner.run((other) -> {
			Future<String> leader = CacheClients.ask(one, "Q?", this.executor);
			CacheClients.awaitRequests(this.provider, 1);
			Future<String> follower = CacheClients.ask(other, "Q?", this.executor);
			CacheClients.await(() -> CacheClients.counters(other).lookups() == 1);
			gate.release();
			assertThatException().isThrownBy(leader::get);
			assertThat(follower.get()).isEqualTo("second");
			assertThat(this.provider.requests()).hasSize(2);
		}));
	}

	@Test
	void removalReachesTheOtherInstance() {
		this.provider.enqueue(Answer.text("old"), Answer.text("new"));
		this.runner.run((one) -> this.runner.run((other) -> {
			CacheClients.ask(one, "Q?");
			CacheClients.awaitStored(one, 1);
			assertThat(CacheClients.ask(other, "Q?")).isEqualTo("old");
			CacheClients.await(() -> other.getBean(CostCache.class).evictAll() > 0);
			assertThat(CacheClients.ask(one, "Q?")).isEqualTo("new");
		}));
	}

	@Test
	void hungServerIsReportedAndNeitherInstanceServesWhatWasRemoved(@TempDir Path folder) throws Exception {
		this.provider.handler((request) -> Answer.text("old"));
		try (OwnRedis own = OwnRedis.start(folder)) {
			ApplicationContextRunner hanging = this.runner.withPropertyValues("costwise.cache.redis.timeout=300ms",
					"spring.data.redis.port=" + own.uri().getPort());
			hanging.run((one) -> hanging.run((other) -> {
				for (int i = 0; i < 40; i++) {
					CacheClients.ask(one, "Question " + i + "?");
				}
				CacheClients.awaitStored(one, 40);
				this.provider.handler((request) -> Answer.text("new"));
				own.hang();
				assertThatExceptionOfType(EvictionIncompleteException.class)
					.isThrownBy(() -> one.getBean(CostCache.class).evictAll());
				assertThat(CacheClients.ask(one, "Question 0?")).isEqualTo("new");
				assertThat(CacheClients.ask(other, "Question 0?")).isEqualTo("new");
				own.goOn();
				for (int i = 0; i < 40; i++) {
					assertThat(CacheClients.ask(one, "Question " + i + "?")).isEqualTo("new");
				}
				CacheClients.await(() -> CacheClients.ask(other, "Question 39?").equals("new"));
				for (int i = 0; i < 40; i++) {
					assertThat(CacheClients.ask(other, "Question " + i + "?")).isEqualTo("new");
				}
			}));
		}
	}

}
