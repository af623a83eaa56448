"""Redis as a broker that may be silent at any moment."""

from __future__ import annotations

from kombu.transport import redis, virtual


class QoS(redis.QoS):
    """A message whose acknowledgement does not arrive counts as done here all the same.

    Otherwise a worker that may hold one message holds it for good: it takes no other, and since
    it no longer asks, it never notices that the connection is lost. Redis offers the message
    again; it is only a doorbell.
    """

    def ack(self, delivery_tag: str) -> None:
        try:
            super().ack(delivery_tag)
        finally:
            virtual.QoS.ack(self, delivery_tag)


class Channel(redis.Channel):
    QoS = QoS


class Transport(redis.Transport):
    Channel = Channel
