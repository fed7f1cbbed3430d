package io.github.costwise.cache.redis;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;

import com.redis.om.spring.RedisModulesConfiguration;
import com.redis.om.spring.repository.RedisDocumentRepository;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.repository.support.RedisRepositoryFactoryBean;

import io.github.costwise.cache.CacheEntries;
import io.github.costwise.model.CacheEntry;
import io.github.costwise.model.CacheEviction;
import io.github.costwise.testsupport.RealPart;
import io.github.costwise.testsupport.RealParts;
import io.github.costwise.testsupport.RequiresRealPart;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests {@link RedisResponseCacheStore} in an application that has redis-om-spring and
 * uses Redis with Lettuce itself.
 */
@RequiresRealPart(RealPart.REDIS_STACK)
class RedisBesideLettuceIntegrationTests {

	private final URI server = RealParts.redisStack();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class, RedisModulesConfiguration.class))
		.withPropertyValues("spring.data.redis.host=" + this.server.getHost(),
				"spring.data.redis.port=" + this.server.getPort())
		.withUserConfiguration(StoreConfiguration.class);

	@Test
	void worksWithTheBeansOfRedisOmSpring() {
		this.runner.run((context) -> {
			assertThat(context).hasSingleBean(JedisConnectionFactory.class);
			use(context.getBean(RedisResponseCacheStore.class));
			assertThat(context).doesNotHaveBean(RedisDocumentRepository.class)
				.doesNotHaveBean(RedisRepositoryFactoryBean.class);
		});
	}

	@Test
	void leavesTheLettuceOfTheApplicationAlone() {
		this.runner.withUserConfiguration(LettuceConfiguration.class).run((context) -> {
			use(context.getBean(RedisResponseCacheStore.class));
			StringRedisTemplate template = context.getBean("ownTemplate", StringRedisTemplate.class);
			String key = "test:" + UUID.randomUUID();
			template.opsForValue().set(key, "own", Duration.ofMinutes(1));
			assertThat(template.opsForValue().get(key)).isEqualTo("own");
			assertThat(template.getConnectionFactory()).isInstanceOf(LettuceConnectionFactory.class);
		});
	}

	private static void use(RedisResponseCacheStore store) {
		CacheEntry entry = CacheEntries.entry("p", "q", CacheEntries.vector(1),
				Clock.systemUTC().instant().plusSeconds(600));
		store.put(entry);
		assertThat(store.nearest(entry.partition(), CacheEntries.vector(1), 3)).singleElement()
			.satisfies((neighbour) -> assertThat(neighbour.entry()).isEqualTo(entry));
		assertThat(store.evict(CacheEviction.all())).isEqualTo(1);
	}

	@Configuration(proxyBeanMethods = false)
	static class StoreConfiguration {

		@Bean
		RedisResponseCacheStore store(JedisConnectionFactory factory) {
			RedisStoreSettings settings = new RedisStoreSettings("test:" + UUID.randomUUID(), CacheEntries.DIMENSION,
					Duration.ofSeconds(5), 4);
			return RedisResponseCacheStore.open(factory, settings, Clock.systemUTC());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class LettuceConfiguration {

		private static final URI SERVER = RealParts.redisStack();

		@Bean
		LettuceConnectionFactory ownConnections() {
			return new LettuceConnectionFactory(SERVER.getHost(), SERVER.getPort());
		}

		@Bean
		StringRedisTemplate ownTemplate(LettuceConnectionFactory factory) {
			return new StringRedisTemplate(factory);
		}

	}

}
