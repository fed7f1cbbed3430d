package io.github.costwise.advisor;

import java.net.URI;
import java.nio.file.Path;

import com.redis.om.spring.RedisModulesConfiguration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.context.ApplicationContext;

import io.github.costwise.CostCache;
import io.github.costwise.cache.Bypass;
import io.github.costwise.cache.response.ResponseCache;
import io.github.costwise.cache.response.StoreState;
import io.github.costwise.spi.EvictionIncompleteException;
import io.github.costwise.testsupport.Answer;
import io.github.costwise.testsupport.LoopbackProvider;
import io.github.costwise.testsupport.OwnRedis;
import io.github.costwise.testsupport.RealPart;
import io.github.costwise.testsupport.RequiresRealPart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A Redis that hangs is left out after ten requests, and used again when it goes on.
 */
@Timeout(120)
@RequiresRealPart(RealPart.REDIS_STACK)
class HungStoreIntegrationTests {

	@TempDir
	private Path folder;

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void isLeftOutAfterTenRequestsAndUsedAgain(boolean streaming) throws Exception {
		try (OwnRedis server = OwnRedis.start(this.folder);
				LoopbackProvider provider = new LoopbackProvider().handler((request) -> Answer.text("fine"))) {
			URI address = server.uri();
			CacheClients.runner(provider)
				.withConfiguration(
						AutoConfigurations.of(DataRedisAutoConfiguration.class, RedisModulesConfiguration.class))
				.withPropertyValues("costwise.cache.store=redis", "spring.data.redis.host=" + address.getHost(),
						"spring.data.redis.port=" + address.getPort())
				.run((context) -> {
					ask(context, streaming);
					CacheClients.awaitStored(context, 1);
					server.hang();
					for (int i = 0; i < 10; i++) {
						ask(context, streaming);
					}
					assertThat(state(context).used()).isFalse();
					assertThat(state(context).reason()).isNotBlank();
					assertThat(CacheClients.counters(context).bypasses(Bypass.STORE)).isEqualTo(10);
					assertThatExceptionOfType(EvictionIncompleteException.class)
						.isThrownBy(() -> context.getBean(CostCache.class).evictTag("t"));
					server.goOn();
					CacheClients.await(() -> {
						ask(context, streaming);
						return state(context).used();
					});
					int asked = provider.requests().size();
					ask(context, streaming);
					assertThat(provider.requests()).hasSize(asked);
				});
		}
	}

	private static void ask(ApplicationContext context, boolean streaming) {
		assertThat(streaming ? CacheClients.stream(context, "Q?") : CacheClients.ask(context, "Q?")).isEqualTo("fine");
	}

	private static StoreState state(ApplicationContext context) {
		return context.getBean(ResponseCache.class).storeState();
	}

}
